package io.bascule.agent.platform;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts: full jitter below a limit that doubles from 50 ms to 5 s. For one thread. */
public final class Backoff {

    private static final long FIRST_LIMIT_MILLIS = 50;
    private static final long LAST_LIMIT_MILLIS = 5_000;

    private long limit = FIRST_LIMIT_MILLIS;
    private boolean first = true;

    /** Whether no pause has been taken since the last success. */
    public boolean isFirst() {
        return first;
    }

    public long nextMillis() {
        long pause = ThreadLocalRandom.current().nextLong(limit + 1);
        limit = Math.min(LAST_LIMIT_MILLIS, 2 * limit);
        first = false;
        return pause;
    }

    /** An attempt succeeded. */
    public void reset() {
        limit = FIRST_LIMIT_MILLIS;
        first = true;
    }
}
