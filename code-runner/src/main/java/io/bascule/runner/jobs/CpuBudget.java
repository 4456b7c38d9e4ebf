package io.bascule.runner.jobs;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How much processor time may go into processes that nobody has asked for yet, so that the jobs that run get the rest. It fills with time, up
 * to what one second allows, and may be overdrawn by the last start. Safe for use by many threads.
 */
final class CpuBudget {

    private final double processors;
    private final NanoClock clock;
    private double availableNanos;
    private long atNanos;

    /** Allows this many processors' time, a fraction being a share of one. */
    CpuBudget(double processors, NanoClock clock) {
        if (processors <= 0) {
            throw new IllegalArgumentException("processors: %s (expected: > 0)".formatted(processors));
        }
        this.processors = processors;
        this.clock = clock;
        this.availableNanos = processors * TimeUnit.SECONDS.toNanos(1);
        this.atNanos = clock.nanos();
    }

    /** Takes what a start has used. */
    synchronized void charge(Duration cpu) {
        fill();
        availableNanos -= cpu.toNanos();
    }

    /** How long until the next start is within the budget; zero when it is now. */
    synchronized Duration untilAllowed() {
        fill();
        return availableNanos > 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(-availableNanos / processors) + 1);
    }

    private void fill() {
        long now = clock.nanos();
        double most = processors * TimeUnit.SECONDS.toNanos(1);
        availableNanos = Math.min(most, availableNanos + processors * (now - atNanos));
        atNanos = now;
    }
}
