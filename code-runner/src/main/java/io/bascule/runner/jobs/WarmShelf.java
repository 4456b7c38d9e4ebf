package io.bascule.runner.jobs;

import io.bascule.runner.bundle.Bundles;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The waiting processes of one kind, and how often they are asked for; it holds their bundle. Guarded by its pool's lock. */
final class WarmShelf {

    private static final Duration FIRST_GUESS = Duration.ofMillis(100);
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final WarmKind kind;
    private final boolean usual;
    private final Deque<PreparedProcess> ready = new ArrayDeque<>();
    /** When those were taken that have no successor yet, the first one first. */
    private final Deque<Long> takenNanos = new ArrayDeque<>();

    private final DemandRate demand;
    private final Bundles.@Nullable Held bundle;
    private long lastAskedNanos;
    private Duration startTakes = FIRST_GUESS;

    /** With what keeps the kind's bundle where it is, if it has one. */
    WarmShelf(WarmKind kind, Bundles.@Nullable Held bundle, boolean usual, long nowNanos) {
        this.kind = kind;
        this.bundle = bundle;
        this.usual = usual;
        this.demand = new DemandRate(nowNanos);
        this.lastAskedNanos = nowNanos;
    }

    RefillPolicy.Shelf seenAt(long nowNanos) {
        return new RefillPolicy.Shelf(
                kind,
                usual,
                ready.size(),
                demand.perSecond(nowNanos),
                startTakes,
                Duration.ofNanos(nowNanos - lastAskedNanos),
                takenNanos.isEmpty() ? LONG_AGO : Duration.ofNanos(nowNanos - takenNanos.getFirst()));
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

    /** The one that has waited longest, for a job. */
    Optional<PreparedProcess> take(long nowNanos) {
        Optional<PreparedProcess> taken = poll();
        taken.ifPresent(_ -> takenNanos.add(nowNanos));
        return taken;
    }

    /** The one that has waited longest, for nobody. */
    Optional<PreparedProcess> poll() {
        return Optional.ofNullable(ready.poll());
    }

    /** What there is on it, and what it holds, is the caller's from now on, to be closed in this order. */
    List<AutoCloseable> clear() {
        List<AutoCloseable> cleared = new ArrayList<>(ready);
        ready.clear();
        if (bundle != null) {
            cleared.add(bundle);
        }
        return cleared;
    }

    void add(PreparedProcess process, Duration took) {
        ready.add(process);
        takenNanos.poll();
        startTakes = startTakes.multipliedBy(3).plus(took).dividedBy(4);
    }
}
