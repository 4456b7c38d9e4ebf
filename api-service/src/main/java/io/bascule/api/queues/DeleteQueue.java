package io.bascule.api.queues;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.revisions.Revision;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.store.JdbcQueues;
import io.bascule.tasks.store.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Removes a queue that has no tasks. What ended in it stays in the history. */
@Component
class DeleteQueue {

    private static final String DEFAULT = "default";

    private final JdbcQueues queues;
    private final AuditLog audit;

    DeleteQueue(JdbcQueues queues, AuditLog audit) {
        this.queues = queues;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String name, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Queue queue = queues.lockToRemove(caller.workspace(), name).orElseThrow(() -> FindQueue.unknown(caller, name));
        new Revision(queue.revision()).requireMatch(ifMatch);
        requireRemovable(queue);
        queues.remove(caller.workspace(), name);
        audit.record(AuditEvent.allowed(caller, "queue.delete", FindQueue.target(name)));
    }

    private static void requireRemovable(Queue queue) {
        if (queue.name().equals(DEFAULT)) {
            throw new ProblemException(
                    QueueProblem.QUEUE_IS_DEFAULT,
                    "Tasks that name no queue wait in %s; pause it instead".formatted(DEFAULT));
        }
        if (!queue.isEmpty()) {
            throw new ProblemException(
                    QueueProblem.QUEUE_NOT_EMPTY,
                    "%s has %d ready, %d running, %d delayed and %d held tasks; pause and purge it, and let what runs end"
                            .formatted(queue.name(), queue.ready(), queue.running(), queue.delayed(), queue.held()));
        }
    }
}
