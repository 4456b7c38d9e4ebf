package io.bascule.testsupport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what can only be seen from outside, such as a row or a metric. Where there is a signal, wait for that. */
public final class Await {

    private static final long PAUSE_NANOS = 50_000_000;

    private Await() {}

    /** Returns when the condition holds; the test's time-out bounds the wait, and at any rate half an hour. */
    public static void until(BooleanSupplier condition) {
        if (!within(Duration.ofMinutes(30), condition)) {
            throw new AssertionError("waited in vain for half an hour");
        }
    }

    /** Returns whether the condition came to hold within this time. */
    public static boolean within(Duration most, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            if (System.nanoTime() - begin > most.toNanos()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
