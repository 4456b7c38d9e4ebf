package io.bascule.runner.jobs;

/** Time that only moves forward, for measuring. */
@FunctionalInterface
interface NanoClock {

    /** Nanoseconds since some moment. */
    long nanos();
}
