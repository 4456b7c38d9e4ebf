package io.bascule.agent.platform;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts: full jitter below a limit that doubles, from 50 ms to 5 s if not said otherwise. For one thread. */
public final class Backoff {

    private static final long FIRST_LIMIT_MILLIS = 50;
    private static final long LAST_LIMIT_MILLIS = 5_000;

    private final long firstLimit;
    private final long lastLimit;
    private long limit;
    private boolean first = true;

    public Backoff() {
        this(FIRST_LIMIT_MILLIS, LAST_LIMIT_MILLIS);
    }

    Backoff(long firstLimitMillis, long lastLimitMillis) {
        this.firstLimit = firstLimitMillis;
        this.lastLimit = lastLimitMillis;
        this.limit = firstLimitMillis;
    }

    /** Whether no pause has been taken since the last success. */
    public boolean isFirst() {
        return first;
    }

    public long nextMillis() {
        long pause = ThreadLocalRandom.current().nextLong(limit + 1);
        limit = Math.min(lastLimit, 2 * limit);
        first = false;
        return pause;
    }

    /** An attempt succeeded. */
    public void reset() {
        limit = firstLimit;
        first = true;
    }
}
