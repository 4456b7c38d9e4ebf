package io.bascule.tunnel;

import io.bascule.tunnel.Frame.Fin;
import org.jspecify.annotations.Nullable;

/**
 * The direction away from this end: what was read locally and is not yet acknowledged. Offsets from {@code acknowledged}
 * to {@code sent} are kept for replay, and {@code sent} never passes the limit that the other end stated. The FIN counts
 * as one number after the last byte, so that its delivery is acknowledged like a byte's.
 */
final class Outgoing {

    private final ByteQueue unacknowledged = new ByteQueue();
    private final ByteQueue unsent = new ByteQueue();
    private long acknowledged;
    private long sent;
    private long highestSent;
    private long limit;
    private boolean ended;
    private boolean finSent;
    private boolean finEverSent;
    private boolean finAcknowledged;

    /** How many more bytes may be taken from the local side before the other end's limit is reached. */
    long room() {
        return ended ? 0 : limit - accepted();
    }

    void add(Bytes bytes) {
        if (bytes.length() > room()) {
            throw new IllegalStateException("bytes: " + bytes.length() + " (expected: <= " + room() + ")");
        }
        unsent.add(bytes);
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
    }

    long footprint() {
        return unacknowledged.footprint() + unsent.footprint();
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
