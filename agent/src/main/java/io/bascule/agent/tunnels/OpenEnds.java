package io.bascule.agent.tunnels;

import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.TunnelEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** The ends that are open or about to be; each tunnel at most once, and no more than a bound. */
final class OpenEnds {

    /** As long as a client end may look for a tunnel that it does not know to be over, and some more. */
    private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(10);

    private static final int MOST_REMEMBERED = 10_000;

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<UUID, Optional<TunnelEnd>> ends = new HashMap<>();
    private final LinkedHashMap<UUID, Long> over = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private boolean refusing;

    OpenEnds(int bound, LongSupplier nanoTime) {
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /** Where a tunnel that was opened before is now. */
    sealed interface Found {

        record Here(TunnelEnd end) implements Found {}

        /** It was here, and ended not long ago. */
        record Over() implements Found {}

        /** It is not known here. */
        record Elsewhere() implements Found {}
    }

    Found find(UUID tunnel) {
        lock.lock();
        try {
            Optional<Found> here = ends.getOrDefault(tunnel, Optional.empty()).map(Found.Here::new);
            Long ended = over.get(tunnel);
            return here.orElseGet(() -> ended != null && nanoTime.getAsLong() - ended < REMEMBERED
                    ? new Found.Over()
                    : new Found.Elsewhere());
        } finally {
            lock.unlock();
        }
    }

    /** What came of asking for a tunnel's place. */
    sealed interface Claim {

        /** The caller has the place and gives it back by {@link #release}. */
        record Granted() implements Claim {}

        /** The tunnel's end is here already. */
        record Running(TunnelEnd end) implements Claim {}

        record Unavailable(Refusal refusal) implements Claim {}
    }

    Claim claim(UUID tunnel) {
        lock.lock();
        try {
            Optional<TunnelEnd> present = ends.get(tunnel);
            if (present != null) {
                return present.<Claim>map(Claim.Running::new)
                        .orElseGet(() -> unavailable("the tunnel is being opened already"));
            }
            if (refusing) {
                return new Claim.Unavailable(new Refusal(ResetCode.AGENT_NOT_CONNECTED, "the agent is stopping"));
            }
            if (ends.size() >= bound) {
                return unavailable("the agent carries " + bound + " tunnels, as many as it may");
            }
            ends.put(tunnel, Optional.empty());
            return new Claim.Granted();
        } finally {
            lock.unlock();
        }
    }

    void started(UUID tunnel, TunnelEnd end) {
        lock.lock();
        try {
            ends.put(tunnel, Optional.of(end));
        } finally {
            lock.unlock();
        }
    }

    void release(UUID tunnel) {
        lock.lock();
        try {
            Optional<TunnelEnd> known = ends.remove(tunnel);
            if (known != null && known.isPresent()) {
                over.put(tunnel, nanoTime.getAsLong());
                if (over.size() > MOST_REMEMBERED) {
                    over.pollFirstEntry();
                }
            }
            if (ends.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void refuseFromNowOn() {
        lock.lock();
        try {
            refusing = true;
        } finally {
            lock.unlock();
        }
    }

    boolean awaitNone(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (!ends.isEmpty() && nanos > 0) {
                nanos = none.awaitNanos(nanos);
            }
            return ends.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void endAll(ResetCode code, String text) {
        lock.lock();
        try {
            ends.values().forEach(end -> end.ifPresent(open -> open.close(code, text)));
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return ends.size();
        } finally {
            lock.unlock();
        }
    }

    private static Claim unavailable(String text) {
        return new Claim.Unavailable(new Refusal(ResetCode.INTERNAL_ERROR, text));
    }
}
