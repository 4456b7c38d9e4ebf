package io.bascule.tunnel.client.raw;

import io.bascule.tunnel.Frame;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in the bytes of a raw leg, however these are cut. Large frames are slices of the buffers that they came
 * in; small ones are copied, so that they keep no large buffer alive. For one thread.
 */
final class FrameAssembler {

    private static final int SMALL = 1024;

    private final List<ByteBuf> parts = new ArrayList<>();
    private final byte[] cutPrefix = new byte[RawFrame.PREFIX];
    private int prefixBytes;
    private int length;
    private int missing;
    private int held;

    /**
     * The next whole frame or mark, whose bytes are taken from the buffer; null when the buffer has been used up first.
     *
     * @throws InvalidFrameException if a length is none that a frame can have; nothing after it can be understood
     */
    @Nullable
    Arrival next(ByteBuf in) throws InvalidFrameException {
        if (missing == 0) {
            Mark mark = begin(in);
            if (mark != null || missing == 0) {
                return mark;
            }
        }
        int count = Math.min(missing, in.readableBytes());
        if (count > 0) {
            parts.add(count < SMALL ? in.readBytes(count) : in.readRetainedSlice(count));
            missing -= count;
            held += count;
        }
        return missing > 0 ? null : whole();
    }

    /** Bytes of a frame of which not everything has come. */
    int held() {
        return held;
    }

    /** Gives back what was held of a frame that will never be whole. */
    void release() {
        parts.forEach(ByteBuf::release);
        parts.clear();
        held = 0;
    }

    /** Begins a frame if its length has come, with which {@code missing} is above 0, or gives the mark in its place. */
    private @Nullable Mark begin(ByteBuf in) throws InvalidFrameException {
        if (prefixBytes == 0 && in.readableBytes() >= RawFrame.PREFIX) {
            length = in.getInt(in.readerIndex());
            Mark mark = markOrLength();
            if (mark == null) {
                missing = RawFrame.PREFIX + length;
            } else {
                in.skipBytes(RawFrame.PREFIX);
            }
            return mark;
        }
        int count = Math.min(RawFrame.PREFIX - prefixBytes, in.readableBytes());
        in.readBytes(cutPrefix, prefixBytes, count);
        prefixBytes += count;
        if (prefixBytes < RawFrame.PREFIX) {
            return null;
        }
        prefixBytes = 0;
        ByteBuf prefix = Unpooled.copiedBuffer(cutPrefix);
        length = prefix.getInt(0);
        Mark mark = markOrLength();
        if (mark == null) {
            parts.add(prefix);
            missing = length;
        }
        return mark;
    }

    private @Nullable Mark markOrLength() throws InvalidFrameException {
        for (Mark mark : Mark.values()) {
            if (mark.wire() == length) {
                return mark;
            }
        }
        if (length < 0 || length > Frame.MAX_LENGTH) {
            throw new InvalidFrameException("frame of " + Integer.toUnsignedLong(length) + " bytes (expected: at most "
                    + Frame.MAX_LENGTH + ")");
        }
        return null;
    }

    private RawFrame whole() {
        RawFrame frame = new RawFrame(parts, length);
        parts.clear();
        held = 0;
        return frame;
    }
}
