package io.bascule.agent.tunnels;

import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.TunnelEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The ends that are open or about to be; each tunnel at most once, and no more than a bound. */
final class OpenEnds {

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final Map<UUID, Optional<TunnelEnd>> ends = new HashMap<>();
    private boolean refusing;

    OpenEnds(int bound) {
        this.bound = bound;
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
            ends.remove(tunnel);
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
