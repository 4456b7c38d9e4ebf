package io.bascule.tunnel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A stretch of a byte array that is shared instead of copied. Nobody writes to the array once it is wrapped, so a value
 * may be handed between threads as it is.
 */
public final class Bytes {

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /** The whole array, which from here on belongs to the value. */
    public static Bytes wrap(byte... array) {
        return new Bytes(array, 0, array.length);
    }

    /** A part of an array, whose bytes from here on belong to the value. */
    public static Bytes wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return new Bytes(array, offset, length);
    }

    /** How many bytes these are. */
    public int length() {
        return length;
    }

    /** How much memory these keep alive: at least their length. */
    int footprint() {
        return array.length;
    }

    /** The byte at an index, as 0 … 255. */
    public int at(int index) {
        return array[offset + Objects.checkIndex(index, length)] & 0xff;
    }

    /** A part of these bytes, over the same array. */
    public Bytes slice(int from, int size) {
        Objects.checkFromIndexSize(from, size, length);
        return from == 0 && size == length ? this : new Bytes(array, offset + from, size);
    }

    /** These bytes without much memory around them: copied if they keep alive more than twice their length. */
    Bytes compact() {
        return array.length > 2 * length ? wrap(toByteArray()) : this;
    }

    /** Whether the other bytes come right behind these in the same array. */
    boolean isFollowedBy(Bytes next) {
        return array == next.array && offset + length == next.offset;
    }

    /** These bytes and those that come right behind them. */
    Bytes joinedWith(Bytes next) {
        return new Bytes(array, offset, length + next.length);
    }

    /** A read view for channels; its position may be moved freely. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(array, offset, length);
    }

    /** A copy. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** Writes all of these bytes to a stream. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        return toByteBuffer().hashCode();
    }

    @Override
    public String toString() {
        String head = HexFormat.of().formatHex(array, offset, offset + Math.min(length, 16));
        return "Bytes[" + length + ": " + head + (length > 16 ? "…]" : "]");
    }
}
