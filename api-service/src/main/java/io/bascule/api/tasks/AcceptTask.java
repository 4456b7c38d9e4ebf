package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.tasks.AwaitEnd.Expectation;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.NewTask.Idempotency;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.NoQueue;
import io.bascule.tasks.store.Submission.Repeated;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accepts a task, and waits for its end if the caller wants to. */
@Component
class AcceptTask {

    private final CheckTask check;
    private final SubmitChecked submit;
    private final AwaitEnd ends;
    private final FindTask find;

    AcceptTask(CheckTask check, SubmitChecked submit, AwaitEnd ends, FindTask find) {
        this.check = check;
        this.submit = submit;
        this.ends = ends;
        this.find = find;
    }

    /** Returns when the task is committed. */
    TaskView accept(Caller caller, TaskRequest request, @Nullable Idempotency key) {
        caller.require(Role.OPERATOR);
        NewTask task = check.check(caller, request, key, null);
        return switch (submit.submit(caller, task)) {
            case Accepted accepted -> TaskView.of(accepted);
            case Duplicate(UUID existing) -> find.find(caller, existing);
            case Repeated(UUID existing) -> find.find(caller, existing);
            case KeyTaken _ -> throw reused();
            case NoQueue(String queue) -> throw CheckTask.noQueue(caller, queue);
        };
    }

    /** Returns when the task has ended, or when the time is up, with the task as it then stands. */
    TaskView acceptAndWait(Caller caller, TaskRequest request, @Nullable Idempotency key, Duration time) {
        caller.require(Role.OPERATOR);
        NewTask task = check.check(caller, request, key, ends.address());
        try (Expectation own = ends.expect(task.id())) {
            return switch (submit.submit(caller, task)) {
                case Accepted _ -> await(caller, task.id(), own, time);
                case Duplicate(UUID existing) -> await(caller, existing, time);
                case Repeated(UUID existing) -> await(caller, existing, time);
                case KeyTaken _ -> throw reused();
                case NoQueue(String queue) -> throw CheckTask.noQueue(caller, queue);
            };
        }
    }

    private TaskView await(Caller caller, UUID existing, Duration time) {
        try (Expectation end = ends.expect(existing)) {
            return await(caller, existing, end, time);
        }
    }

    private TaskView await(Caller caller, UUID id, Expectation end, Duration time) {
        boolean _ = end.await(time);
        return find.find(caller, id);
    }

    static ProblemException reused() {
        return new ProblemException(
                TaskProblem.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for a different request within the last 24 hours; choose a new one");
    }
}
