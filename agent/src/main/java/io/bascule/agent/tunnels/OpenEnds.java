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

/** The ends that are open or about to be, each tunnel at most once and no more than a bound; and for a while those that were. */
final class OpenEnds {

    /** As long as a client end may look for a tunnel that it does not know to be over, and some more. */
    private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(10);

    private static final int MOST_REMEMBERED = 10_000;

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<UUID, Optional<TunnelEnd>> ends = new HashMap<>();
    private final LinkedHashMap<UUID, Ended> over = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private boolean refusing;

    OpenEnds(int bound, LongSupplier nanoTime) {
        this.bound = bound;
        this.nanoTime = nanoTime;
    }

    /**
     * A tunnel that was here.
     *
     * @param lingering its end, while it may still be called to say that the tunnel has finished
     */
    private record Ended(long at, Optional<TunnelEnd> lingering) {}

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
            Optional<TunnelEnd> here = ends.getOrDefault(tunnel, Optional.empty());
            Ended ended = over.get(tunnel);
            if (here.isPresent()) {
                return here.filter(TunnelEnd::mayBeCalled)
                        .<Found>map(Found.Here::new)
                        .orElseGet(Found.Over::new);
            }
            if (ended == null || nanoTime.getAsLong() - ended.at() >= REMEMBERED) {
                return new Found.Elsewhere();
            }
            return ended.lingering()
                    .filter(TunnelEnd::mayBeCalled)
                    .<Found>map(Found.Here::new)
                    .orElseGet(Found.Over::new);
        } finally {
            lock.unlock();
        }
    }

    /** What came of asking for a tunnel's place. */
    sealed interface Claim {

        /** The caller has the place, which may be that of an end that is over, and gives it back by {@link #release}. */
        record Granted() implements Claim {}

        /** The tunnel's end is here already. */
        record Running(TunnelEnd end) implements Claim {}

        record Unavailable(Refusal refusal) implements Claim {}
    }

    Claim claim(UUID tunnel) {
        lock.lock();
        try {
            Optional<TunnelEnd> present = ends.get(tunnel);
            if (present != null && present.map(TunnelEnd::mayBeCalled).orElse(true)) {
                return present.<Claim>map(Claim.Running::new)
                        .orElseGet(() -> unavailable("the tunnel is being opened already"));
            }
            if (refusing) {
                return new Claim.Unavailable(new Refusal(ResetCode.AGENT_NOT_CONNECTED, "the agent is stopping"));
            }
            if (present == null && ends.size() >= bound) {
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

    /** No end was started, and the place is free. */
    void release(UUID tunnel) {
        lock.lock();
        try {
            free(tunnel, Optional.empty());
        } finally {
            lock.unlock();
        }
    }

    /** The end's place is free, unless another one has it already; the end may still be found until {@link #forgetEnd}. */
    void release(UUID tunnel, TunnelEnd end) {
        lock.lock();
        try {
            if (free(tunnel, Optional.of(end))) {
                over.put(tunnel, new Ended(nanoTime.getAsLong(), Optional.of(end)));
                if (over.size() > MOST_REMEMBERED) {
                    over.pollFirstEntry();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean free(UUID tunnel, Optional<TunnelEnd> holder) {
        boolean freed = ends.remove(tunnel, holder);
        if (ends.isEmpty()) {
            none.signalAll();
        }
        return freed;
    }

    /** Nobody calls this end of the tunnel any more; that it was here is still remembered. */
    void forgetEnd(UUID tunnel, TunnelEnd end) {
        lock.lock();
        try {
            over.computeIfPresent(
                    tunnel,
                    (_, ended) -> ended.lingering().filter(end::equals).isPresent()
                            ? new Ended(ended.at(), Optional.empty())
                            : ended);
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
