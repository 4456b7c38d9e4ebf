package io.bascule.runner.jobs;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The runner's N job spaces. Nobody waits for one. Safe for use by many threads. */
public final class JobSpaces {

    private final int total;
    private final Semaphore free;

    JobSpaces(int total) {
        this.total = total;
        this.free = new Semaphore(total);
    }

    /** A free space until it is closed; empty when all are taken. */
    public Optional<Space> take() {
        return free.tryAcquire() ? Optional.of(new Space()) : Optional.empty();
    }

    public int total() {
        return total;
    }

    public int remaining() {
        return free.availablePermits();
    }

    /** Blocks until every space is free, or the permits cannot be had in time. */
    boolean awaitAllFree(Duration time) throws InterruptedException {
        if (!free.tryAcquire(total, time.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        free.release(total);
        return true;
    }

    /** One taken space; closing it twice frees it once. */
    public final class Space implements AutoCloseable {

        private final AtomicBoolean taken = new AtomicBoolean(true);

        @Override
        public void close() {
            if (taken.getAndSet(false)) {
                free.release();
            }
        }
    }
}
