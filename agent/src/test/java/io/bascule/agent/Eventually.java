package io.bascule.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself. */
final class Eventually {

    private static final long SECONDS = 60;

    private Eventually() {}

    static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || never.await(10, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
        }
    }
}
