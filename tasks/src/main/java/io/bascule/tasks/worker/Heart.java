package io.bascule.tasks.worker;

import io.bascule.tasks.store.JdbcLeases;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beat: renews what the worker holds and stops what was cancelled or lost. */
final class Heart {

    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    private final WorkerSettings settings;
    private final JdbcLeases leases;
    private final Attempts attempts;
    private final Slots slots;
    private final AtomicBoolean beating = new AtomicBoolean();

    Heart(WorkerSettings settings, JdbcLeases leases, Attempts attempts, Slots slots) {
        this.settings = settings;
        this.leases = leases;
        this.attempts = attempts;
        this.slots = slots;
    }

    /** One at a time: while the database is slow, beats are left out rather than piled up. */
    void beat() {
        if (beating.compareAndSet(false, true)) {
            try {
                renew();
            } finally {
                beating.set(false);
            }
        }
    }

    private void renew() {
        try {
            Collection<Attempt> held = attempts.held();
            leases.seen(settings.name(), settings.lane(), settings.concurrency(), slots.busy());
            if (!held.isEmpty()) {
                Map<UUID, Boolean> stops =
                        leases.renew(held.stream().map(Attempt::held).toList(), settings.lease());
                held.forEach(attempt -> heed(attempt, stops));
            }
        } catch (RuntimeException away) {
            LOG.warn("leases could not be renewed; running tasks go on", away);
        }
    }

    private static void heed(Attempt attempt, Map<UUID, Boolean> stops) {
        Boolean cancelled = stops.get(attempt.task());
        if (cancelled == null) {
            attempt.stop(StopReason.LOST);
        } else if (cancelled) {
            attempt.stop(StopReason.CANCELLED);
        }
    }
}
