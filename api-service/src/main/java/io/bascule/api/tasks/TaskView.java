package io.bascule.api.tasks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.Task;
import io.bascule.tasks.Task.Progress;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.store.Submission.Accepted;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as clients see it.
 *
 * @param attempt how often it was started
 * @param failures how often it failed
 * @param notBefore when it may run, if that is not at once
 * @param cancelRequested its worker has been asked to stop it
 * @param concurrencyKey of its queue's tasks with the same word only so many run at once
 * @param largeResult in place of a result that is too large to be shown here; only where a single task is asked for
 * @param callback where its end is told; only where a single task is asked for
 */
record TaskView(
        UUID id,
        String type,
        @Schema(allowableValues = {"instant", "queued"}) String lane,
        @Nullable String queue,

        @Schema(
                allowableValues = {
                    "waiting",
                    "scheduled",
                    "running",
                    "retrying",
                    "succeeded",
                    "failed",
                    "cancelled",
                    "expired"
                })
        String state,

        int attempt,
        int failures,
        @JsonRawValue String input,
        @JsonRawValue @Nullable String result,
        @Nullable ErrorView error,
        int priority,
        Map<String, String> labels,
        Instant createdAt,
        @Nullable Instant notBefore,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant deadline,
        @Nullable String worker,
        Submitter submittedBy,
        @Nullable Progress progress,
        @Nullable Boolean cancelRequested,
        @Nullable String concurrencyKey,
        @Nullable LargeResultView largeResult,
        TaskRequest.@Nullable Callback callback) {

    /** Why the last failed attempt failed. */
    record ErrorView(String code, String message) {

        static @Nullable ErrorView of(@Nullable TaskError error) {
            return error == null ? null : new ErrorView(error.code(), error.message());
        }
    }

    /**
     * A result that is read by itself.
     *
     * @param bytes of it, as JSON
     * @param href where it is
     */
    record LargeResultView(long bytes, String href) {}

    boolean mayHaveLargeResult() {
        return state.equals("succeeded") && result == null;
    }

    /** With what only a single task is told with. */
    TaskView with(@Nullable LargeResultView large, TaskRequest.@Nullable Callback told) {
        return new TaskView(
                id,
                type,
                lane,
                queue,
                state,
                attempt,
                failures,
                input,
                result,
                error,
                priority,
                labels,
                createdAt,
                notBefore,
                startedAt,
                finishedAt,
                deadline,
                worker,
                submittedBy,
                progress,
                cancelRequested,
                concurrencyKey,
                large,
                told);
    }

    static TaskView of(Task task) {
        return new TaskView(
                task.id(),
                task.type(),
                task.lane().word(),
                queue(task.lane(), task.queue()),
                task.state().word(),
                task.attempt(),
                task.failures(),
                task.input(),
                task.result(),
                ErrorView.of(task.error()),
                task.priority(),
                task.labels(),
                task.times().createdAt(),
                later(task.times().createdAt(), task.times().runAt()),
                task.times().startedAt(),
                task.times().finishedAt(),
                task.times().deadline(),
                task.worker(),
                task.submittedBy(),
                task.progress(),
                task.cancelRequested() ? true : null,
                task.concurrencyKey(),
                null,
                null);
    }

    /** Without asking the store again. */
    static TaskView of(Accepted accepted) {
        NewTask task = accepted.task();
        return new TaskView(
                task.id(),
                task.type(),
                task.lane().word(),
                queue(task.lane(), task.queue()),
                accepted.state().word(),
                0,
                0,
                task.input(),
                null,
                null,
                task.priority(),
                task.labels(),
                accepted.createdAt(),
                later(accepted.createdAt(), accepted.runAt()),
                null,
                null,
                accepted.deadline(),
                null,
                task.submittedBy(),
                null,
                null,
                task.concurrencyKey(),
                null,
                null);
    }

    private static @Nullable String queue(Lane lane, String name) {
        return lane == Lane.QUEUED ? name : null;
    }

    private static @Nullable Instant later(Instant createdAt, Instant runAt) {
        return runAt.isAfter(createdAt.plusSeconds(1)) ? runAt : null;
    }
}
