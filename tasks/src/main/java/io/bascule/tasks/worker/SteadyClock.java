package io.bascule.tasks.worker;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Goes on from where another clock stood, at an even pace: when the machine's clock is set anew, what runs has neither more
 * time left nor less. Safe for use by many threads.
 */
final class SteadyClock implements InstantSource {

    private final Instant start;
    private final long startNanos = System.nanoTime();

    SteadyClock(InstantSource clock) {
        this.start = clock.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
