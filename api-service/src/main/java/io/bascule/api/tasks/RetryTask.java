package io.bascule.api.tasks;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.problem.ProblemException;
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
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs a failed task again under its id. */
@Component
class RetryTask {

    private final JdbcChanges changes;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;
    private final FindTask find;

    RetryTask(
            JdbcChanges changes, AuditLog audit, TransactionTemplate transaction, TaskSignals signals, FindTask find) {
        this.changes = changes;
        this.audit = audit;
        this.transaction = transaction;
        this.signals = signals;
        this.find = find;
    }

    /** Returns the task, which waits again. */
    TaskView retry(Caller caller, UUID id) {
        caller.require(Role.OPERATOR);
        TaskView before = find.find(caller, id);
        switch (transaction.execute(_ -> changeAndRecord(caller, id, before.type()))) {
            case Revived revived -> signals.wake(revived.lane(), 1);
            case Refused refused ->
                throw new ProblemException(
                        TaskProblem.TASK_NOT_RETRYABLE,
                        "The task is %s (expected: failed)"
                                .formatted(refused.state().word()));
            case DedupeTaken _ ->
                throw new ProblemException(
                        TaskProblem.DEDUPE_TAKEN,
                        "Another task with the same dedupe word lives; wait until it has ended");
            case NoQueue(String queue) -> throw CheckTask.noQueue(caller, queue);
            case Unknown _, Ended _, Asked _ -> throw FindTask.unknown(caller, id);
        }
        return find.find(caller, id);
    }

    private Change changeAndRecord(Caller caller, UUID id, String type) {
        Change change = changes.retry(caller.workspace(), id);
        if (change instanceof Revived) {
            audit.record(AuditEvent.allowed(caller, "task.retry", SubmissionAudit.target(id, type)));
        }
        return change;
    }
}
