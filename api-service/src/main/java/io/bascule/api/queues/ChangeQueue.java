package io.bascule.api.queues;

import static java.util.Objects.requireNonNullElse;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.revisions.Revision;
import io.bascule.tasks.Lane;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcQueues;
import io.bascule.tasks.store.Queue;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes a queue's settings. Workers are told at once when more may run; claims that begin afterwards see the change. */
@Component
class ChangeQueue {

    private final JdbcQueues queues;
    private final FindQueue findQueue;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;

    ChangeQueue(
            JdbcQueues queues,
            FindQueue findQueue,
            AuditLog audit,
            TransactionTemplate transaction,
            TaskSignals signals) {
        this.queues = queues;
        this.findQueue = findQueue;
        this.audit = audit;
        this.transaction = transaction;
        this.signals = signals;
    }

    /** Lowering it below what runs stops nothing; it holds back the next. */
    Queue limit(Caller caller, String name, @Nullable String ifMatch, WantedLimit wanted) {
        caller.require(Role.ADMIN);
        int limit = wanted.concurrencyLimit();
        Queue changed = transaction.execute(_ -> {
            Queue queue = locked(caller, name);
            new Revision(queue.revision()).requireMatch(ifMatch);
            int keyLimit = requireNonNullElse(wanted.keyLimit(), queue.keyLimit());
            queues.limit(caller.workspace(), name, limit, keyLimit);
            audit.record(AuditEvent.allowed(caller, "queue.update", FindQueue.target(name))
                    .with(Map.of("concurrencyLimit", Integer.toString(limit), "keyLimit", Integer.toString(keyLimit))));
            return findQueue.find(caller, name);
        });
        signals.wake(Lane.QUEUED);
        return changed;
    }

    /** Starts nothing of it any more; what runs goes on. Pausing a paused queue changes nothing. */
    Queue pause(Caller caller, String name) {
        caller.require(Role.ADMIN);
        return transaction.execute(_ -> {
            if (!locked(caller, name).paused()) {
                queues.pause(caller.workspace(), name);
                audit.record(AuditEvent.allowed(caller, "queue.pause", FindQueue.target(name)));
            }
            return findQueue.find(caller, name);
        });
    }

    /** Resuming a queue that is not paused changes nothing. */
    Queue resume(Caller caller, String name) {
        caller.require(Role.ADMIN);
        Queue resumed = transaction.execute(_ -> {
            if (locked(caller, name).paused()) {
                queues.resume(caller.workspace(), name);
                audit.record(AuditEvent.allowed(caller, "queue.resume", FindQueue.target(name)));
            }
            return findQueue.find(caller, name);
        });
        signals.wake(Lane.QUEUED);
        return resumed;
    }

    private Queue locked(Caller caller, String name) {
        return queues.lock(caller.workspace(), name).orElseThrow(() -> FindQueue.unknown(caller, name));
    }
}
