package io.bascule.runner.jobs;

import java.time.Duration;

/** How often something has been asked for lately; what is long ago counts less and less. Not safe for use by many threads. */
final class DemandRate {

    /** After this time an arrival counts 1/e. */
    static final Duration MEMORY = Duration.ofSeconds(30);

    private double weight;
    private long atNanos;

    DemandRate(long nowNanos) {
        atNanos = nowNanos;
    }

    void arrive(long nowNanos) {
        weight = weightAt(nowNanos) + 1;
        atNanos = nowNanos;
    }

    double perSecond(long nowNanos) {
        return weightAt(nowNanos) / MEMORY.toSeconds();
    }

    private double weightAt(long nowNanos) {
        return weight * Math.exp(-(double) (nowNanos - atNanos) / MEMORY.toNanos());
    }
}
