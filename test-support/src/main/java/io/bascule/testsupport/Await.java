package io.bascule.testsupport;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what can only be seen from outside, such as a row or a metric. Where there is a signal, wait for that. */
public final class Await {

    private static final long PAUSE_NANOS = 50_000_000;

    private Await() {}

    /** Returns when the condition holds; the test's time-out bounds the wait. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted while waiting");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
