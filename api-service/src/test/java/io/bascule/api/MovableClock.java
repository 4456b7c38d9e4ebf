package io.bascule.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The service's clock in tests: it goes on by itself and can be moved on. It never goes back, because all tests share it.
 */
public final class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    public void advance(Duration time) {
        ahead.updateAndGet(already -> already.plus(time));
    }
}
