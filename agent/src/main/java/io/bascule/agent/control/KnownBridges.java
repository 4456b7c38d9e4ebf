package io.bascule.agent.control;

import io.bascule.agent.platform.BridgeLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bridges that are up, and which of them this agent dials: none twice, and those that were tried longest ago first.
 * Safe for use by many threads.
 */
final class KnownBridges {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> lastTried = new HashMap<>();
    private List<BridgeLocation> bridges;
    private long tries;

    KnownBridges(List<BridgeLocation> bridges) {
        this.bridges = shuffled(bridges);
    }

    /** Takes the bridges as they are now; says whether that is news. */
    boolean replace(List<BridgeLocation> now) {
        lock.lock();
        try {
            if (now.isEmpty() || Set.copyOf(now).equals(Set.copyOf(bridges))) {
                return false;
            }
            bridges = shuffled(now);
            lastTried.keySet().retainAll(now.stream().map(BridgeLocation::id).toList());
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A bridge to dial, which is the caller's until {@link #release}; empty if none is free in that time. */
    Optional<BridgeLocation> take(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            Optional<BridgeLocation> free = longestUntried();
            while (free.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                free = longestUntried();
            }
            free.ifPresent(bridge -> {
                taken.add(bridge.id());
                lastTried.put(bridge.id(), ++tries);
            });
            return free;
        } finally {
            lock.unlock();
        }
    }

    void release(BridgeLocation bridge) {
        lock.lock();
        try {
            taken.remove(bridge.id());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<BridgeLocation> longestUntried() {
        return bridges.stream()
                .filter(bridge -> !taken.contains(bridge.id()))
                .min(Comparator.comparing(bridge -> lastTried.getOrDefault(bridge.id(), 0L)));
    }

    /** So that the agents of a platform spread over its bridges. */
    private static List<BridgeLocation> shuffled(List<BridgeLocation> bridges) {
        List<BridgeLocation> copy = new ArrayList<>(bridges);
        Collections.shuffle(copy);
        return copy;
    }
}
