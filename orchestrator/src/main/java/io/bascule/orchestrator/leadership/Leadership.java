package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This pod's standing: whether it leads and under which fence. {@link #renew()} is called often by one thread; the others
 * ask {@link #fence()}, which is empty as soon as the lease may have run out, also when the database cannot be asked.
 */
public class Leadership {

    private static final Logger log = LoggerFactory.getLogger(Leadership.class);

    private record Term(long fence, Instant until) {}

    private final LeaderLease lease;
    private final Duration length;
    private final InstantSource clock;
    private final String holder;
    private final AtomicReference<@Nullable Term> term = new AtomicReference<>();

    Leadership(LeaderLease lease, Duration length, String instance, InstantSource clock) {
        this.lease = lease;
        this.length = length;
        this.clock = clock;
        // A restarted pod is another holder: it must not take over the fence of its former self.
        this.holder = instance + "/" + UUID.randomUUID();
    }

    /** The fence under which this pod leads right now; empty when it does not. */
    public OptionalLong fence() {
        Term current = term.get();
        return current != null && clock.instant().isBefore(current.until())
                ? OptionalLong.of(current.fence())
                : OptionalLong.empty();
    }

    /**
     * Keeps this leadership in force until the caller's (short) transaction ends, so that what it writes is never written
     * beside a successor.
     *
     * @throws DeposedException when another one is in force
     */
    public void hold(long fence) {
        if (!lease.hold(fence)) {
            throw new DeposedException(fence);
        }
    }

    /** Takes or prolongs the lease; fails when the database is away, and the term then runs out by itself. */
    void renew() {
        Instant asked = clock.instant();
        OptionalLong fence = lease.acquire(holder, length);
        Term next = fence.isPresent() ? new Term(fence.getAsLong(), asked.plus(length)) : null;
        Term before = term.getAndSet(next);
        if (next != null && (before == null || before.fence() != next.fence())) {
            log.info("Leading with fence {}", next.fence());
        } else if (next == null && before != null) {
            log.info("Leading no longer; fence {} is over", before.fence());
        }
    }

    /** Steps down at once. */
    void resign() {
        if (term.getAndSet(null) != null) {
            lease.release(holder);
            log.info("Stepped down");
        }
    }
}
