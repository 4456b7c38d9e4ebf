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

    private On on = new On(false, 0, Long.MAX_VALUE);
    private On before = on;
    private long notBefore;
    private long pause;

    /** The leg that the end is on, since when, and how much it has to have carried to want a raw one. */
    private record On(boolean raw, long since, long from) {}

    /**
     * The end is on another leg now.
     *
     * @param lost whether it had lost the one before
     * @param carried what it had carried before it was
     */
    void paired(boolean raw, boolean lost, long carried, long now) {
        if (on.raw && now - on.since >= PROVED) {
            pause = 0;
        } else if (on.raw && lost) {
            failed(now);
        }
        before = on;
        on = new On(raw, now, raw ? Long.MAX_VALUE : carried + WORTH);
    }

    /** The leg was lost before the other end had come to it: the end is on the one before again. */
    void fellBack(long now) {
        if (on.raw) {
            failed(now);
        }
        on = before;
    }

    /** What the end has to have carried for it to be wanted. */
    long from() {
        return on.from;
    }

    boolean isDue(long carried, long now) {
        return carried >= on.from && (pause == 0 || now - notBefore >= 0);
    }

    void failed(long now) {
        pause = pause == 0 ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        notBefore = now + pause;
    }
}
