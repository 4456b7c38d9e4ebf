package io.bascule.tasks.worker;

import java.util.Collection;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stops attempts when their deadlines pass. One timer for all of them, since hardly any is ever needed: it is set to the earliest
 * deadline it has heard of, and looks for the next one then. Safe for use by many threads.
 */
final class Deadlines {

    private final ScheduledExecutorService timer;
    private final Supplier<Collection<Attempt>> running;
    private @Nullable ScheduledFuture<?> look;
    private long next;

    /** @param running attempts whose handlers have not returned, the watched ones among them */
    Deadlines(ScheduledExecutorService timer, Supplier<Collection<Attempt>> running) {
        this.timer = timer;
        this.running = running;
    }

    void watch(Attempt attempt) {
        attempt.deadlineHere().ifPresent(this::lookAt);
    }

    private synchronized void lookAt(long moment) {
        if (look == null || moment - next < 0) {
            if (look != null) {
                look.cancel(false);
            }
            next = moment;
            look = timer.schedule(this::look, Math.max(0, moment - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        synchronized (this) {
            look = null;
        }
        long now = System.nanoTime();
        long soonest = Long.MAX_VALUE;
        for (Attempt attempt : running.get()) {
            if (attempt.deadlineHere().isEmpty() || attempt.stopReason() != null) {
                continue;
            }
            long left = attempt.deadlineHere().getAsLong() - now;
            if (left <= 0) {
                attempt.stop(StopReason.DEADLINE);
            } else {
                soonest = Math.min(soonest, left);
            }
        }
        if (soonest < Long.MAX_VALUE) {
            lookAt(now + soonest);
        }
    }
}
