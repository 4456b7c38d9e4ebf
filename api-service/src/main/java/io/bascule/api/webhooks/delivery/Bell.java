package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes one waiting thread; a ring while nobody waits is kept, several are one. */
final class Bell {

    private final Semaphore rung = new Semaphore(0);

    void ring() {
        if (rung.availablePermits() == 0) {
            rung.release();
        }
    }

    /** Returns at the next ring, at once if it has rung, or when the time is up. */
    void await(Duration time) throws InterruptedException {
        var _ = rung.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        rung.drainPermits();
    }
}
