package io.bascule.bridge.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what has no signal of its own, with a time-out. */
public final class Eventually {

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || never.await(10, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not within 60 s: " + what);
            }
        }
    }
}
