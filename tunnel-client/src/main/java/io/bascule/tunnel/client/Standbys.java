package io.bascule.tunnel.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/**
 * The bridges on which a client end may go on, in turn, and when: with full jitter at once, and with growing pauses after
 * each round over all of them. Not thread-safe; times are nanoseconds of a clock that never goes back.
 */
final class Standbys {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

    private final Deque<GrantedBridge> ring;
    private final LongUnaryOperator random;
    private final Map<String, Long> notBefore = new HashMap<>();
    private String here = "";
    private int attempts;
    private long pause = FIRST_PAUSE;
    private int attemptsBefore;
    private long pauseBefore = FIRST_PAUSE;

    /** @param random a number from 0 to below the given one */
    Standbys(List<GrantedBridge> bridges, LongUnaryOperator random) {
        this.ring = new ArrayDeque<>(bridges);
        this.random = random;
    }

    /** The next bridge and how long to wait before it is tried; empty if none is left. */
    Optional<Candidate> next(long now) {
        if (ring.isEmpty()) {
            return Optional.empty();
        }
        if (attempts > 0 && attempts % ring.size() == 0) {
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        attempts++;
        GrantedBridge bridge = soonest(now);
        ring.remove(bridge);
        ring.addLast(bridge);
        return Optional.of(new Candidate(bridge, Math.max(random.applyAsLong(pause), wait(bridge, now))));
    }

    /** Puts a bridge first, so that it is tried next. */
    void prefer(String id) {
        for (Iterator<GrantedBridge> each = ring.iterator(); each.hasNext(); ) {
            GrantedBridge bridge = each.next();
            if (bridge.id().equals(id)) {
                each.remove();
                ring.addFirst(bridge);
                return;
            }
        }
    }

    /** The end is on this bridge: it comes last when another is wanted, and then without a pause. */
    void on(GrantedBridge bridge) {
        attemptsBefore = attempts;
        pauseBefore = pause;
        attempts = 0;
        pause = FIRST_PAUSE;
        notBefore.clear();
        come(bridge);
    }

    /** The bridge that the end came to last was of no use: it is on this one as before, and pauses go on to grow. */
    void backOn(GrantedBridge bridge) {
        attempts = attemptsBefore;
        pause = pauseBefore;
        come(bridge);
    }

    private void come(GrantedBridge bridge) {
        here = bridge.id();
        while (isAmong(bridge) && !ring.peekLast().id().equals(bridge.id())) {
            ring.addLast(ring.removeFirst());
        }
    }

    /** The one that the end is on, if it is among them. */
    Optional<GrantedBridge> here() {
        return ring.stream().filter(bridge -> bridge.id().equals(here)).findFirst();
    }

    /** The bridge takes nothing before some time has passed. */
    void postpone(GrantedBridge bridge, long until) {
        notBefore.put(bridge.id(), until);
    }

    /** The bridge will not let this end in. */
    void remove(GrantedBridge bridge) {
        ring.removeIf(other -> other.id().equals(bridge.id()));
    }

    private boolean isAmong(GrantedBridge bridge) {
        return ring.stream().anyMatch(other -> other.id().equals(bridge.id()));
    }

    /** The first that may be tried now, or else the one that may be tried soonest. */
    private GrantedBridge soonest(long now) {
        GrantedBridge soonest = ring.getFirst();
        for (GrantedBridge bridge : ring) {
            if (wait(bridge, now) < wait(soonest, now)) {
                soonest = bridge;
            }
        }
        return soonest;
    }

    private long wait(GrantedBridge bridge, long now) {
        Long until = notBefore.get(bridge.id());
        return until == null ? 0 : Math.max(0, until - now);
    }

    /** A bridge to try after a pause in nanoseconds. */
    record Candidate(GrantedBridge bridge, long pause) {}
}
