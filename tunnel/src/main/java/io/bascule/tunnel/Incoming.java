package io.bascule.tunnel;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The direction towards this end: merges what arrives by its offsets and hands it on in order. What is held lies between
 * {@code delivered} and {@code limit}, so it never exceeds the widest window so far.
 */
final class Incoming {

    /** A leg keeps order, so stretches ahead come only from two legs at once; more than these are no accident. */
    static final int MOST_STRETCHES_AHEAD = 1024;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final ReceiveWindow window;
    private final ByteQueue inOrder = new ByteQueue();
    private final NavigableMap<Long, ByteQueue> ahead = new TreeMap<>();
    private long delivered;
    private long contiguous;
    private long limit;
    private long end = UNKNOWN;
    private boolean endDelivered;

    Incoming(ReceiveWindow window) {
        this.window = window;
    }

    /** Merges bytes that arrived. */
    void add(long offset, Bytes bytes) throws ProtocolViolation {
        long after = offset + bytes.length();
        if (after > limit || after < 0) {
            throw new ProtocolViolation("bytes up to " + after + " pass the limit " + limit);
        }
        if (after > end) {
            throw new ProtocolViolation("bytes up to " + after + " after the final offset " + end);
        }
        if (offset > contiguous) {
            hold(offset, bytes);
        } else if (after > contiguous) {
            append(bytes.slice((int) (contiguous - offset), (int) (after - contiguous)));
            closeGap();
        }
    }

    /** The other side will send nothing from this offset on. */
    void end(long finalOffset) throws ProtocolViolation {
        long highest = ahead.isEmpty() ? contiguous : afterOf(ahead.lastEntry());
        if (finalOffset < highest || finalOffset > limit || (end != UNKNOWN && end != finalOffset)) {
            throw new ProtocolViolation("final offset " + finalOffset + " (expected: " + highest + " to " + limit
                    + (end == UNKNOWN ? ")" : ", stated before: " + end + ")"));
        }
        end = finalOffset;
    }

    List<Bytes> takeInOrder() {
        return inOrder.takeAll();
    }

    boolean hasBytesInOrder() {
        return !inOrder.isEmpty();
    }

    void delivered(long count, long now) {
        if (count < 0 || delivered + count > contiguous - inOrder.length()) {
            throw new IllegalStateException("delivered: " + count + " more than was taken");
        }
        delivered += count;
        window.delivered(count, now);
    }

    /** Whether every byte was delivered and only the end itself is left to be told. */
    boolean isAtItsEnd() {
        return delivered == end && !endDelivered;
    }

    void endDelivered() {
        endDelivered = true;
    }

    boolean isEndDelivered() {
        return endDelivered;
    }

    /** Below which everything has been delivered; one more than the bytes once the end was. */
    long offset() {
        return endDelivered ? delivered + 1 : delivered;
    }

    /** Below which everything has arrived, delivered or not; one more than the bytes once the end is known. */
    long received() {
        return contiguous == end ? contiguous + 1 : contiguous;
    }

    /** The limit that was stated last. */
    long statedLimit() {
        return limit;
    }

    /** How many bytes were delivered. */
    long deliveredBytes() {
        return delivered;
    }

    /** Fixes the limit to be stated with the present offset. */
    long stateLimit() {
        limit = Math.max(limit, Math.max(offset(), delivered + window.size()));
        return limit;
    }

    ReceiveWindow window() {
        return window;
    }

    /** Forgets what is held; offsets stay. */
    void clear() {
        contiguous -= inOrder.length();
        inOrder.clear();
        ahead.clear();
        window.close();
    }

    long footprint() {
        long taken = contiguous - inOrder.length() - delivered;
        long sum = taken + inOrder.footprint();
        for (ByteQueue stretch : ahead.values()) {
            sum += stretch.footprint();
        }
        return sum;
    }

    private void append(Bytes bytes) {
        inOrder.add(bytes);
        contiguous += bytes.length();
    }

    private void closeGap() {
        while (!ahead.isEmpty() && ahead.firstKey() <= contiguous) {
            Map.Entry<Long, ByteQueue> first = ahead.pollFirstEntry();
            ByteQueue stretch = first.getValue();
            if (afterOf(first) > contiguous) {
                stretch.drop(contiguous - first.getKey());
                stretch.takeAll().forEach(this::append);
            }
        }
    }

    /** Keeps what is ahead, each byte once. */
    private void hold(long offset, Bytes bytes) throws ProtocolViolation {
        long after = offset + bytes.length();
        Map.Entry<Long, ByteQueue> before = ahead.floorEntry(offset);
        long from = before == null ? offset : Math.max(offset, afterOf(before));
        while (from < after) {
            Map.Entry<Long, ByteQueue> next = ahead.ceilingEntry(from);
            long to = next == null ? after : Math.min(after, next.getKey());
            if (to > from) {
                put(from, bytes.slice((int) (from - offset), (int) (to - from)));
            }
            from = next == null ? after : afterOf(next);
        }
        if (ahead.size() > MOST_STRETCHES_AHEAD) {
            throw new ProtocolViolation("more than " + MOST_STRETCHES_AHEAD + " stretches ahead of a gap");
        }
    }

    /** Adds to the stretch that ends where these begin, or begins a new one. */
    private void put(long from, Bytes bytes) {
        Map.Entry<Long, ByteQueue> before = ahead.floorEntry(from);
        if (before != null && afterOf(before) == from) {
            before.getValue().add(bytes);
        } else {
            ByteQueue stretch = new ByteQueue();
            stretch.add(bytes.compact());
            ahead.put(from, stretch);
        }
    }

    private static long afterOf(Map.Entry<Long, ByteQueue> held) {
        return held.getKey() + held.getValue().length();
    }
}
