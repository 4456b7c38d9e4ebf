package io.bascule.bridge.legs;

import io.bascule.tunnel.Frame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What became of tunnels that were asked to go on elsewhere, and how those fared that came. Safe for use by many threads. */
public final class Migrations {

    private final AtomicLong asked = new AtomicLong();
    private final Map<Outcome, Counter> outcomes;
    private final Timer plannedStall;
    private final Timer lossStall;
    private volatile boolean timeOver;

    Migrations(MeterRegistry registry) {
        outcomes = Arrays.stream(Outcome.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        outcome -> counter(registry, outcome),
                        (one, _) -> one,
                        () -> new EnumMap<>(Outcome.class)));
        plannedStall = stall(registry, "planned");
        lossStall = stall(registry, "loss");
    }

    /** What became of a tunnel that was sent MIGRATE. */
    public enum Outcome {
        /** Both its ends left for another bridge. */
        MOVED,
        /** It was over before. */
        ENDED,
        /** The bridge's time was over before, and it lost its legs. */
        STRANDED
    }

    /** How many were sent MIGRATE. */
    public long asked() {
        return asked.get();
    }

    /** How many came to this. */
    public long settled(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        return counter == null ? 0 : (long) counter.count();
    }

    void ask() {
        asked.incrementAndGet();
    }

    void settle(Outcome outcome) {
        Counter counter = outcomes.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** The bridge's time is over: whatever leaves from now on was not let go in order. */
    void timeIsOver() {
        timeOver = true;
    }

    boolean isTimeOver() {
        return timeOver;
    }

    void resumed(Frame.Resumed resumed) {
        (resumed.planned() ? plannedStall : lossStall).record(resumed.stallMicros(), TimeUnit.MICROSECONDS);
    }

    private static Counter counter(MeterRegistry registry, Outcome outcome) {
        return Counter.builder("bascule.bridge.migrations")
                .description("Tunnels that were asked to go on over another bridge, by what became of them")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Timer stall(MeterRegistry registry, String cause) {
        return Timer.builder("bascule.bridge.migration.stall")
                .description("How long tunnels that came here had no leg, as their client ends reported")
                .tag("cause", cause)
                .serviceLevelObjectives(
                        Duration.ofMillis(50), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5))
                .register(registry);
    }
}
