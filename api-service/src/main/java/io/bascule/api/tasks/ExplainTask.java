package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.tasks.Lane;
import io.bascule.tasks.store.JdbcProspects;
import io.bascule.tasks.store.Prospect;
import io.bascule.tasks.store.Prospect.Quota;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says in a sentence why a task does not run. */
@Component
class ExplainTask {

    private final JdbcProspects prospects;
    private final FindTask find;

    ExplainTask(JdbcProspects prospects, FindTask find) {
        this.prospects = prospects;
        this.find = find;
    }

    Explanation explain(Caller caller, UUID id) {
        TaskView task = find.find(caller, id);
        return prospects
                .find(caller.workspace(), id)
                .map(ExplainTask::explanation)
                .orElseGet(() -> new Explanation(task.state(), "ended", "It has ended: %s.".formatted(task.state())));
    }

    /** The first thing that would have to change comes first. */
    static Explanation explanation(Prospect task) {
        return switch (task.state()) {
            case SCHEDULED -> of(task, "not-yet", "It is scheduled for %s.".formatted(task.runAt()));
            case RETRYING ->
                of(task, "backoff", "Its last attempt failed; the next may start at %s.".formatted(task.runAt()));
            case RUNNING -> of(task, "running", "It runs.");
            case ACCEPTED, WAITING -> waiting(task);
            case SUCCEEDED, FAILED, CANCELLED, EXPIRED ->
                of(task, "ended", "It has ended: %s.".formatted(task.state().word()));
        };
    }

    private static Explanation waiting(Prospect task) {
        if (task.paused()) {
            return of(task, "queue-paused", "Its queue %s is paused.".formatted(task.queue()));
        }
        if (task.heldBy() instanceof Prospect.Key(String word, int limit)) {
            return of(
                    task,
                    "key-limit",
                    "Its concurrency key %s lets %d of its queue's tasks in at once; it waits until one of them has ended."
                            .formatted(word, limit));
        }
        if (task.workers() == 0) {
            return of(
                    task,
                    "no-worker",
                    "No worker of the %s lane is alive.".formatted(task.lane().word()));
        }
        if (task.lane() == Lane.QUEUED && task.running() >= task.limit()) {
            return of(
                    task,
                    "queue-limit",
                    "Its queue %s runs as many tasks as it may: %d of %d. %s"
                            .formatted(task.queue(), task.running(), task.limit(), line(task.ahead())));
        }
        Quota quota = task.quota();
        if (quota != null && quota.isUsedUp()) {
            return of(
                    task,
                    "workspace-quota",
                    "Its workspace runs as many queued tasks as it may: %d of %d. %s"
                            .formatted(quota.running(), quota.limit(), line(task.ahead())));
        }
        return task.ahead() > 0
                ? of(task, "behind", "It waits for a free worker. " + line(task.ahead()))
                : of(task, "next", "It is the next of its workspace and starts as soon as a worker is free.");
    }

    private static String line(int ahead) {
        if (ahead >= JdbcProspects.MOST_AHEAD) {
            return "At least %d tasks come before it.".formatted(ahead);
        }
        return switch (ahead) {
            case 0 -> "It is the next.";
            case 1 -> "One task comes before it.";
            default -> "%d tasks come before it.".formatted(ahead);
        };
    }

    private static Explanation of(Prospect task, String reason, String detail) {
        return new Explanation(task.state().word(), reason, detail);
    }

    /**
     * Why a task does not run.
     *
     * @param reason a word for programs
     * @param detail a sentence for people
     */
    record Explanation(
            String state,

            @Schema(
                    allowableValues = {
                        "not-yet",
                        "backoff",
                        "queue-paused",
                        "no-worker",
                        "key-limit",
                        "queue-limit",
                        "workspace-quota",
                        "behind",
                        "next",
                        "running",
                        "ended"
                    })
            String reason,

            String detail) {}
}
