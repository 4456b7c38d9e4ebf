package io.bascule.tunnel;

import java.time.Duration;

/**
 * When to state how far the incoming direction has been delivered: with any DATA or HELLO that is sent anyway, at once
 * when half a first window or the end was delivered, and otherwise a short while after the first byte that is not stated yet.
 */
final class Acknowledgements {

    private final Incoming incoming;
    private final long within;
    private long statedOffset;
    private long firstUnstatedAt;
    private boolean pending;
    private boolean restating;

    Acknowledgements(Incoming incoming, Duration within) {
        this.incoming = incoming;
        this.within = within.toNanos();
    }

    /** Bytes were delivered, or the end was. */
    void delivered(long now) {
        if (!pending && incoming.offset() > statedOffset) {
            pending = true;
            firstUnstatedAt = now;
        }
    }

    /** Whether some time hence an acknowledgement is due. */
    boolean isPending() {
        return pending;
    }

    /** When the pending one is due at the latest. */
    long deadline() {
        return firstUnstatedAt + within;
    }

    /** Whether one is to be sent on its own now. */
    boolean isDue(long now) {
        return pending
                && (restating
                        || incoming.offset() - statedOffset >= incoming.window().first() / 2
                        || incoming.isEndDelivered()
                        || now - deadline() >= 0);
    }

    /** What was stated may not have arrived: state it again. */
    void restate(long now) {
        pending = true;
        restating = true;
        firstUnstatedAt = now - within;
    }

    /** The offset that was stated last, for a frame that must not state more. */
    long stated() {
        return statedOffset;
    }

    /** The offset to put in a frame that is being sent, which settles what was pending. */
    long state() {
        statedOffset = incoming.offset();
        pending = false;
        restating = false;
        return statedOffset;
    }

    /** The limit that goes with it. */
    long limit() {
        return incoming.stateLimit();
    }

    /** Whether the other end was told that everything, with the end, has been delivered. */
    boolean isEndStated() {
        return incoming.isEndDelivered() && statedOffset == incoming.offset();
    }
}
