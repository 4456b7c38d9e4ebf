package io.bascule.tunnel.client.raw;

import io.bascule.tunnel.EncodedFrame;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A frame in the transport's own buffers, with its length before it as it came, so that it can be passed on without a
 * copy. Whoever has it owns its buffers and gives them on or back exactly once: by sending it, by {@link #take} or by
 * {@link #release}.
 */
public final class RawFrame implements Arrival {

    /** Bytes of the length before a frame. */
    static final int PREFIX = 4;

    private final List<ByteBuf> parts;
    private final int length;
    private final int type;

    /** @param parts the length and the frame behind it, whose buffers belong to the frame from here on */
    RawFrame(List<ByteBuf> parts, int length) {
        this.parts = List.copyOf(parts);
        this.length = length;
        this.type = byteAt(PREFIX);
    }

    /** The first byte of the frame. */
    public int type() {
        return type;
    }

    /** Bytes of the frame, without the length before it. */
    public int length() {
        return length;
    }

    /** The same frame on the heap; this one is gone. */
    public EncodedFrame take() {
        byte[] bytes = new byte[length];
        int skip = PREFIX;
        int filled = 0;
        for (ByteBuf part : parts) {
            int skipped = Math.min(skip, part.readableBytes());
            skip -= skipped;
            int count = part.readableBytes() - skipped;
            part.getBytes(part.readerIndex() + skipped, bytes, filled, count);
            filled += count;
        }
        release();
        return EncodedFrame.received(bytes);
    }

    /** Gives the buffers back. */
    public void release() {
        parts.forEach(ByteBuf::release);
    }

    /** The buffers, for whoever passes them on. */
    List<ByteBuf> parts() {
        return parts;
    }

    private int byteAt(int index) {
        int left = index;
        for (ByteBuf part : parts) {
            if (left < part.readableBytes()) {
                return part.getUnsignedByte(part.readerIndex() + left);
            }
            left -= part.readableBytes();
        }
        throw new IllegalArgumentException("frame of " + length + " bytes (expected: at least 1)");
    }
}
