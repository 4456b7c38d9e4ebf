package io.bascule.tunnel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Bytes in order, in at one end and out at the other. Large pieces are held as they are; small ones are copied together,
 * so that the memory kept is at most about twice the bytes held, however finely they come. Not thread-safe; what it
 * gives out stays valid and unchanged.
 */
final class ByteQueue {

    private static final int SMALL = 1024;
    private static final int SMALLEST_PACK = 256;
    private static final int LARGEST_PACK = 8192;

    private final Deque<Bytes> pieces = new ArrayDeque<>();
    private long length;
    private byte[] pack = new byte[0];
    private int packed;

    long length() {
        return length;
    }

    boolean isEmpty() {
        return length == 0;
    }

    void add(Bytes bytes) {
        length += bytes.length();
        Bytes piece = bytes.length() < SMALL ? packed(bytes) : bytes.compact();
        Bytes last = pieces.peekLast();
        if (last != null && last.isFollowedBy(piece)) {
            pieces.removeLast();
            pieces.addLast(last.joinedWith(piece));
        } else {
            pieces.addLast(piece);
        }
    }

    /** The first bytes, at most so many; more of them are never copied together than lie together already. */
    Bytes takePiece(int atMost) {
        Bytes first = pieces.removeFirst();
        Bytes taken = first;
        if (first.length() > atMost) {
            taken = first.slice(0, atMost);
            pieces.addFirst(first.slice(atMost, first.length() - atMost));
        }
        length -= taken.length();
        if (length == 0) {
            clear();
        }
        return taken;
    }

    /** Everything, in order. */
    List<Bytes> takeAll() {
        List<Bytes> all = new ArrayList<>(pieces);
        clear();
        return all;
    }

    void drop(long count) {
        for (long left = count; left > 0; ) {
            left -= takePiece((int) Math.min(left, Integer.MAX_VALUE)).length();
        }
    }

    /** Takes all bytes of the other queue and puts them before its own. */
    void prepend(ByteQueue other) {
        while (!other.pieces.isEmpty()) {
            Bytes piece = other.pieces.removeLast();
            pieces.addFirst(piece);
            length += piece.length();
        }
        other.clear();
    }

    void clear() {
        pieces.clear();
        length = 0;
        pack = new byte[0];
        packed = 0;
    }

    /** The bytes of memory that the pieces keep alive, counted generously. */
    long footprint() {
        long sum = 0;
        for (Bytes piece : pieces) {
            sum += piece.footprint();
        }
        return sum;
    }

    private Bytes packed(Bytes bytes) {
        if (pack.length - packed < bytes.length()) {
            int doubled = Math.clamp(2L * pack.length, SMALLEST_PACK, LARGEST_PACK);
            pack = new byte[Math.max(doubled, bytes.length())];
            packed = 0;
        }
        bytes.toByteBuffer().get(pack, packed, bytes.length());
        Bytes piece = Bytes.wrap(pack, packed, bytes.length());
        packed += bytes.length();
        return piece;
    }
}
