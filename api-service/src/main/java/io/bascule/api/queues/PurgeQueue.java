package io.bascule.api.queues;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcPurge;
import io.bascule.tasks.store.JdbcQueues;
import io.bascule.tasks.store.Settled.Finished;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Cancels every task that waits in a queue or is delayed, in batches that each commit by themselves: when it breaks off, what
 * it reported or recorded so far is done, and repeating it goes on. What runs, or is submitted meanwhile, stays.
 */
@Component
class PurgeQueue {

    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 200;

    private final JdbcQueues queues;
    private final JdbcPurge purge;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final TaskSignals signals;

    PurgeQueue(
            JdbcQueues queues, JdbcPurge purge, AuditLog audit, TransactionTemplate transaction, TaskSignals signals) {
        this.queues = queues;
        this.purge = purge;
        this.audit = audit;
        this.transaction = transaction;
        this.signals = signals;
    }

    /** Recorded with the first batch; at most 200,000 tasks a call, which keeps it within a request's time. */
    Purged purge(Caller caller, String name) {
        caller.require(Role.ADMIN);
        Instant until = purge.now();
        int ended = announce(transaction.execute(_ -> {
            var _ = queues.find(caller.workspace(), name).orElseThrow(() -> FindQueue.unknown(caller, name));
            audit.record(AuditEvent.allowed(caller, "queue.purge", FindQueue.target(name)));
            return purge.purge(caller.workspace(), name, until, BATCH);
        }));
        int purged = ended;
        for (int batch = 1; batch < MOST_BATCHES && ended > 0; batch++) {
            ended = announce(transaction.execute(_ -> purge.purge(caller.workspace(), name, until, BATCH)));
            purged += ended;
        }
        return new Purged(purged, ended > 0);
    }

    private int announce(List<Finished> tasks) {
        for (Finished task : tasks) {
            if (task.replyTo() != null) {
                signals.finished(task.replyTo(), List.of(task.task()));
            }
        }
        return tasks.size();
    }

    /**
     * What a purge did.
     *
     * @param purged tasks that are cancelled now
     * @param more there are more than one call purges; repeat it
     */
    record Purged(int purged, boolean more) {}
}
