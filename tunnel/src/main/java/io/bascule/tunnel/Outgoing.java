package io.bascule.tunnel;

import io.bascule.tunnel.Frame.Fin;
import org.jspecify.annotations.Nullable;

/**
 * The direction away from this end: what was read locally and is not yet acknowledged. Offsets from {@code acknowledged}
 * to {@code sent} are kept for replay, and {@code sent} never passes the limit that the other end stated. The FIN counts
 * as one number after the last byte, so that its delivery is acknowledged like a byte's.
 */
final class Outgoing {

    /** Bytes that may be kept for replay in any case. */
    private static final int FIRST_WINDOW = StreamSettings.DEFAULT.window();

    private final ByteQueue unacknowledged = new ByteQueue();
    private final ByteQueue unsent = new ByteQueue();
    private final WindowPool.Claim above;
    private long acknowledged;
    private long sent;
    private long highestSent;
    private long limit;
    private boolean ended;
    private boolean finSent;
    private boolean finEverSent;
    private boolean finAcknowledged;

    /** @param pool for what the other end permits above the first window */
    Outgoing(WindowPool pool) {
        this.above = pool.claim();
    }

    /** How many more bytes may be taken from the local side before the other end's limit, or the pool's, is reached. */
    long room() {
        long most = Math.min(limit, acknowledged + FIRST_WINDOW + above.granted());
        return ended ? 0 : Math.max(0, most - accepted());
    }

    /** At most what {@link #room} was before: what the pool has taken back meanwhile does not count. */
    void add(Bytes bytes) {
        if (bytes.length() > limit - accepted()) {
            throw new IllegalStateException(
                    "bytes: " + bytes.length() + " (expected: <= " + (limit - accepted()) + ")");
        }
        unsent.add(bytes);
        claim();
    }

    /** Nothing follows what was added so far. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isAcknowledgedToTheEnd() {
        return finAcknowledged;
    }

    /** How many bytes were taken from the local side. */
    long accepted() {
        return sent + unsent.length();
    }

    boolean hasBytesToSend() {
        return !unsent.isEmpty();
    }

    long sent() {
        return sent;
    }

    /** How far was sent, the FIN counted as one. */
    long position() {
        return finSent ? sent + 1 : sent;
    }

    /** The next bytes to send, which are kept until they are acknowledged. */
    Bytes takeBytes() {
        Bytes bytes = unsent.takePiece(Frame.MAX_PAYLOAD);
        unacknowledged.add(bytes);
        sent += bytes.length();
        highestSent = Math.max(highestSent, sent);
        return bytes;
    }

    /** The FIN, once everything before it has been sent. */
    @Nullable
    Fin takeFin() {
        if (!ended || finSent || finAcknowledged || !unsent.isEmpty()) {
            return null;
        }
        finSent = true;
        finEverSent = true;
        return new Fin(sent);
    }

    void acknowledge(long offset, long newLimit) throws ProtocolViolation {
        long end = finEverSent ? highestSent + 1 : highestSent;
        if (offset > end) {
            throw new ProtocolViolation("rxOffset " + offset + " acknowledges what was not sent (sent: " + end + ")");
        }
        limit = Math.max(limit, newLimit);
        finAcknowledged |= finEverSent && offset == end;
        long bytes = Math.min(offset, highestSent);
        if (bytes > acknowledged) {
            release(bytes);
        }
        claim();
    }

    /** Below which the other end has said that it has everything. */
    long acknowledged() {
        return finAcknowledged ? acknowledged + 1 : acknowledged;
    }

    /** A new pairing starts: everything the other end has not got is sent again. */
    void replay() {
        unsent.prepend(unacknowledged);
        sent = acknowledged;
        finSent = false;
    }

    void clear() {
        unacknowledged.clear();
        unsent.clear();
        above.want(0);
    }

    long footprint() {
        return unacknowledged.footprint() + unsent.footprint();
    }

    /** Only while something is kept for replay, all that the other end permits is wanted. */
    private void claim() {
        above.want(acknowledged == accepted() ? 0 : Math.max(0, limit - acknowledged - FIRST_WINDOW));
    }

    /** An acknowledgement may run ahead of {@code sent} while a replay is under way; those bytes are not sent again. */
    private void release(long upTo) {
        unacknowledged.drop(Math.min(upTo, sent) - acknowledged);
        if (upTo > sent) {
            unsent.drop(upTo - sent);
            sent = upTo;
        }
        acknowledged = upTo;
    }
}
