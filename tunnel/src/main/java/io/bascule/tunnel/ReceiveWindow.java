package io.bascule.tunnel;

import java.util.concurrent.TimeUnit;

/**
 * How far the other end may be ahead of what was delivered: a first window, and above it out of a pool twice what is
 * delivered in the time that a question takes to be answered, so that a long path is kept full. Delay is the shortest
 * that was measured since the pairing, lest the queues that a wide window fills widen it further.
 */
final class ReceiveWindow {

    private static final long ASK_EVERY = TimeUnit.SECONDS.toNanos(1);
    static final long QUIET_AFTER = TimeUnit.SECONDS.toNanos(10);
    private static final long SHORTEST_ROUND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int WORTH_ASKING = 64 * 1024;
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final int first;
    private final int largest;
    private final WindowPool.Claim above;
    private long delay = UNKNOWN;
    private boolean asking;
    private long askedAt;
    private long askedToken;
    private long delivered;
    private long deliveredAt;
    private long roundBeganAt;
    private long inRound;

    ReceiveWindow(int first, int largest, WindowPool pool) {
        this.first = first;
        this.largest = largest;
        this.above = pool.claim();
    }

    int first() {
        return first;
    }

    long size() {
        return first + above.granted();
    }

    /** The path is another one. */
    void paired(long now) {
        delay = UNKNOWN;
        asking = false;
        askedAt = now - ASK_EVERY;
        delivered = 0;
    }

    void delivered(long count, long now) {
        delivered += count;
        inRound += count;
        deliveredAt = now;
        long time = now - roundBeganAt;
        if (delay != UNKNOWN && time >= Math.max(delay, SHORTEST_ROUND)) {
            grow(2.0 * inRound * delay / time);
            roundBeganAt = now;
            inRound = 0;
        }
    }

    /** Whether the delay is worth a PING now; not while next to nothing is delivered. */
    boolean isDelayWanted(long now) {
        return !asking && delivered >= WORTH_ASKING && now - askedAt >= ASK_EVERY;
    }

    /** A PING with this token is being sent. */
    void asked(long token, long now) {
        asking = true;
        askedToken = token;
        askedAt = now;
        delivered = 0;
    }

    /** A PONG came. */
    void answered(long token, long now) {
        if (asking && token == askedToken) {
            asking = false;
            delay = Math.min(delay, now - askedAt);
            roundBeganAt = now;
            inRound = 0;
        }
    }

    /** When nothing was delivered for a while, gives back what is above the first window and not in use. */
    void restIfQuiet(long now, long held) {
        if (now - deliveredAt >= QUIET_AFTER) {
            rest(held);
        }
    }

    /** Gives back what is above the first window and not in use. */
    void rest(long held) {
        above.want(Math.max(0, Math.min(held, largest) - first));
    }

    /** The tunnel is over. */
    void close() {
        above.want(0);
    }

    private void grow(double wanted) {
        long capped = (long) Math.min(wanted, largest) - first;
        if (capped > above.wants()) {
            above.want(capped);
        }
    }
}
