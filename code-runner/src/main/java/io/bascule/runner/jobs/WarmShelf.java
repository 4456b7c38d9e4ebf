package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The waiting processes of one memory size, and how often they are asked for. Guarded by its pool's lock. */
final class WarmShelf {

    private static final Duration FIRST_GUESS = Duration.ofMillis(100);

    private final MemorySize memory;
    private final boolean usual;
    private final Deque<PreparedProcess> ready = new ArrayDeque<>();
    private final DemandRate demand;
    private long lastAskedNanos;
    private Duration startTakes = FIRST_GUESS;

    WarmShelf(MemorySize memory, boolean usual, long nowNanos) {
        this.memory = memory;
        this.usual = usual;
        this.demand = new DemandRate(nowNanos);
        this.lastAskedNanos = nowNanos;
    }

    RefillPolicy.Shelf seenAt(long nowNanos) {
        return new RefillPolicy.Shelf(
                memory,
                usual,
                ready.size(),
                demand.perSecond(nowNanos),
                startTakes,
                Duration.ofNanos(nowNanos - lastAskedNanos));
    }

    int ready() {
        return ready.size();
    }

    /** Whether it may be forgotten. */
    boolean isIdle() {
        return !usual && ready.isEmpty();
    }

    double perSecond(long nowNanos) {
        return demand.perSecond(nowNanos);
    }

    void ask(long nowNanos) {
        demand.arrive(nowNanos);
        lastAskedNanos = nowNanos;
    }

    /** The one that has waited longest. */
    Optional<PreparedProcess> poll() {
        return Optional.ofNullable(ready.poll());
    }

    void add(PreparedProcess process, Duration took) {
        ready.add(process);
        startTakes = startTakes.multipliedBy(3).plus(took).dividedBy(4);
    }
}
