package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskIds;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.NoQueue;
import io.bascule.tasks.store.Submission.Repeated;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** For features that keep tasks and submit them later: checks them as a submit does, and submits them. */
@Component
public class PrepareTask {

    private final CheckTask check;
    private final SubmitChecked submit;
    private final TaskIds ids;

    PrepareTask(CheckTask check, SubmitChecked submit, TaskIds ids) {
        this.check = check;
        this.submit = submit;
        this.ids = ids;
    }

    /**
     * The task as it would be submitted now.
     *
     * @param pointer where in the caller's request the task stands
     * @throws ProblemException with everything that is wrong, by pointers below the given one
     */
    public NewTask prepare(Caller caller, TemplateRequest request, String pointer) {
        try {
            NewTask task = check.check(caller, request.request(), null, null);
            if (request.lane() != null && !request.lane().equals(task.lane().word())) {
                throw lane(request.lane(), task);
            }
            return task;
        } catch (ProblemException refused) {
            throw below(pointer, refused);
        }
    }

    /** Submits a task that was prepared some time ago, if it could be submitted still; returns its id after the commit. */
    public UUID submit(Caller caller, Function<UUID, NewTask> prepared) {
        NewTask task = prepared.apply(ids.next());
        check.checkAgain(task);
        return switch (submit.submit(caller, task)) {
            case Accepted _ -> task.id();
            case Duplicate(UUID existing) -> existing;
            case Repeated(UUID existing) -> existing;
            case NoQueue(String queue) -> throw CheckTask.noQueue(caller, queue);
            case KeyTaken _ -> throw new IllegalStateException("a prepared task has no idempotency key");
        };
    }

    private static ProblemException lane(String lane, NewTask task) {
        String detail = "%s (expected: %s, as it %s)"
                .formatted(lane, task.lane().word(), task.queue().isEmpty() ? "names no queue" : "waits in a queue");
        return new ProblemException(
                CommonProblem.INVALID_INPUT, "/lane: " + detail, List.of(new FieldProblem("/lane", detail)));
    }

    private static ProblemException below(String pointer, ProblemException refused) {
        List<FieldProblem> errors = refused.errors().stream()
                .map(error -> new FieldProblem(pointer + error.pointer(), error.detail()))
                .toList();
        String detail = String.valueOf(refused.getMessage());
        return new ProblemException(refused.problem(), detail.startsWith("/") ? pointer + detail : detail, errors);
    }
}
