package io.bascule.api.tasks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.Change;
import io.bascule.tasks.store.Change.Asked;
import io.bascule.tasks.store.Change.DedupeTaken;
import io.bascule.tasks.store.Change.Ended;
import io.bascule.tasks.store.Change.NoQueue;
import io.bascule.tasks.store.Change.Refused;
import io.bascule.tasks.store.Change.Revived;
import io.bascule.tasks.store.Change.Unknown;
import io.bascule.tasks.store.JdbcChanges;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Cancels a task: at once if it waits, through its worker if it runs. Cancelling a cancelled task changes nothing. */
@Component
class CancelTask {

    private final JdbcChanges changes;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;
    private final FindTask find;

    CancelTask(
            JdbcChanges changes, AuditLog audit, TransactionTemplate transaction, TaskSignals signals, FindTask find) {
        this.changes = changes;
        this.audit = audit;
        this.transaction = transaction;
        this.signals = signals;
        this.find = find;
    }

    /** Returns the task as it stands then: cancelled, or asked to stop. */
    TaskView cancel(Caller caller, UUID id) {
        caller.require(Role.OPERATOR);
        TaskView before = find.find(caller, id);
        Change change = transaction.execute(_ -> changeAndRecord(caller, id, before.type()));
        switch (change) {
            case Ended(UUID task, String replyTo) when replyTo != null -> signals.finished(replyTo, List.of(task));
            case Asked(UUID task) -> signals.cancel(task);
            case Ended _ -> {}
            case Refused(TaskState state) -> refuseUnlessCancelled(state);
            case Unknown _, Revived _, DedupeTaken _, NoQueue _ -> throw FindTask.unknown(caller, id);
        }
        return find.find(caller, id);
    }

    private Change changeAndRecord(Caller caller, UUID id, String type) {
        Change change = changes.cancel(caller.workspace(), id);
        if (change instanceof Ended || change instanceof Asked) {
            audit.record(AuditEvent.allowed(caller, "task.cancel", SubmissionAudit.target(id, type)));
        }
        return change;
    }

    private static void refuseUnlessCancelled(TaskState state) {
        if (state != TaskState.CANCELLED) {
            throw new ProblemException(
                    TaskProblem.TASK_ENDED, "The task %s already; there is nothing to cancel".formatted(ended(state)));
        }
    }

    private static String ended(TaskState state) {
        return state == TaskState.EXPIRED ? "has expired" : "has " + state.word();
    }
}
