package io.bascule.api.queues;

import static java.util.Objects.requireNonNullElse;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.workspaces.WorkspaceBounds;
import io.bascule.api.workspaces.WorkspaceBounds.Bounded;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.store.JdbcQueues;
import io.bascule.tasks.store.Queue;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a queue. */
@Component
class CreateQueue {

    private final JdbcQueues queues;
    private final FindQueue findQueue;
    private final AuditLog audit;
    private final WorkspaceBounds bounds;

    CreateQueue(JdbcQueues queues, FindQueue findQueue, AuditLog audit, WorkspaceBounds bounds) {
        this.queues = queues;
        this.findQueue = findQueue;
        this.audit = audit;
        this.bounds = bounds;
    }

    @Transactional
    Queue create(Caller caller, WantedQueue wanted) {
        caller.require(Role.ADMIN);
        bounds.requireRoom(caller, Bounded.QUEUES);
        int limit = requireNonNullElse(wanted.concurrencyLimit(), 1);
        int keyLimit = requireNonNullElse(wanted.keyLimit(), 1);
        if (!queues.create(caller.workspace(), wanted.name(), limit, keyLimit)) {
            throw new ProblemException(
                    QueueProblem.QUEUE_EXISTS,
                    "There is a queue %s already; choose another name".formatted(wanted.name()));
        }
        audit.record(AuditEvent.allowed(caller, "queue.create", FindQueue.target(wanted.name()))
                .with(Map.of("concurrencyLimit", Integer.toString(limit), "keyLimit", Integer.toString(keyLimit))));
        return findQueue.find(caller, wanted.name());
    }
}
