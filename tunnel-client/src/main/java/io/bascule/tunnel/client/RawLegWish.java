package io.bascule.tunnel.client;

import java.util.concurrent.TimeUnit;

/**
 * When a client end that began over gRPC wants to go on over a raw leg: once it has carried so much that the handshakes are
 * paid back. After an attempt that failed, or a raw leg that was soon lost, it waits longer each time. For one thread; times are nanoseconds of a clock that
 * never goes back.
 */
final class RawLegWish {

    /** Bytes, both ways together, from which on a raw leg costs less than it saves. */
    static final long WORTH = 4 * 1024 * 1024;

    private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(10);

    /** A raw leg that lasts so long shows that there is a way for them. */
    private static final long PROVED = TimeUnit.MINUTES.toNanos(10);

    private long from = Long.MAX_VALUE;
    private boolean isRaw;
    private long since;
    private long notBefore;
    private long pause;

    /**
     * The end is on another leg now.
     *
     * @param lost whether it had lost the one before
     * @param before what it had carried before it was
     */
    void paired(boolean raw, boolean lost, long before, long now) {
        if (isRaw && now - since >= PROVED) {
            pause = 0;
        } else if (isRaw && lost) {
            failed(now);
        }
        isRaw = raw;
        since = now;
        from = raw ? Long.MAX_VALUE : before + WORTH;
    }

    /** What the end has to have carried for it to be wanted. */
    long from() {
        return from;
    }

    boolean isDue(long carried, long now) {
        return carried >= from && (pause == 0 || now - notBefore >= 0);
    }

    void failed(long now) {
        pause = pause == 0 ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        notBefore = now + pause;
    }
}
