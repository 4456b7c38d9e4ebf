package io.bascule.tasks;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes UUIDv7 ids: unique, and ordered by the time they were made at. Safe for use by many threads. */
public final class TaskIds {

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int SEQUENCE_BITS = 12;

    private final InstantSource clock;
    private final RandomGenerator random;
    private long last;

    public TaskIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        return at(clock.millis());
    }

    /** Milliseconds and a sequence in one number that never goes back, even when the clock does. */
    private synchronized UUID at(long millis) {
        last = Math.max(last + 1, millis << SEQUENCE_BITS);
        long time = last >>> SEQUENCE_BITS;
        long sequence = last & ((1 << SEQUENCE_BITS) - 1);
        return new UUID(time << 16 | VERSION_7 | sequence, VARIANT | random.nextLong() >>> 2);
    }
}
