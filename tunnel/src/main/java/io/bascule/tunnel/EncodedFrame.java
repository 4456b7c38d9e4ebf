package io.bascule.tunnel;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A frame as it travels: one message on a leg. The payload of a DATA frame is shared with whoever holds it for replay,
 * so encoding copies nothing but the few bytes of the header. Immutable.
 */
public final class EncodedFrame {

    private final Bytes header;
    private final Bytes payload;

    private EncodedFrame(Bytes header, Bytes payload) {
        this.header = header;
        this.payload = payload;
    }

    /** Bytes as they arrived, which from here on belong to the frame. They are looked at only by {@link #type()}. */
    public static EncodedFrame received(byte... bytes) {
        return new EncodedFrame(Bytes.wrap(bytes), Bytes.EMPTY);
    }

    static EncodedFrame of(Bytes header, Bytes payload) {
        return new EncodedFrame(header, payload);
    }

    /** The first byte, which is all that a bridge needs to know; -1 for an empty message. */
    public int type() {
        return header.length() == 0 ? -1 : header.at(0);
    }

    /** Whether this is between the ends and to be forwarded as it is, rather than for the bridge. */
    public boolean isBetweenEnds() {
        return isBetweenEnds(type());
    }

    /** Whether frames of a type are between the ends. */
    public static boolean isBetweenEnds(int type) {
        return type >= FrameType.HELLO;
    }

    /** What stands before the payload; of a frame that was received, the whole message. */
    public Bytes header() {
        return header;
    }

    /** The payload of a DATA frame that was made here; else empty. */
    public Bytes payload() {
        return payload;
    }

    /** Bytes of the whole message. */
    public int length() {
        return header.length() + payload.length();
    }

    /** Writes the whole message. */
    public void writeTo(OutputStream out) throws IOException {
        header.writeTo(out);
        if (payload.length() > 0) {
            payload.writeTo(out);
        }
    }

    /** The whole message in one piece; copies only if it is not in one piece already. */
    Bytes contiguous() {
        if (payload.length() == 0) {
            return header;
        }
        byte[] whole = new byte[length()];
        header.toByteBuffer().get(whole, 0, header.length());
        payload.toByteBuffer().get(whole, header.length(), payload.length());
        return Bytes.wrap(whole);
    }
}
