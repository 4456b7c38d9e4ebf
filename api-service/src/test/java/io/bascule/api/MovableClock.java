package io.bascule.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The service's clock in tests: it goes on by itself and can be moved on. It never goes back, because all tests share it.
 */
public final class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private volatile @Nullable Instant heldAt;

    @Override
    public Instant instant() {
        Instant held = heldAt;
        return (held == null ? Instant.now() : held).plus(ahead.get());
    }

    public void advance(Duration time) {
        ahead.updateAndGet(already -> already.plus(time));
    }

    /** Lets time stand still but for what it is moved on, until that is closed. */
    public Held hold() {
        heldAt = Instant.now();
        return () -> heldAt = null;
    }

    /** A time that stands still. */
    @FunctionalInterface
    public interface Held extends AutoCloseable {

        @Override
        void close();
    }
}
