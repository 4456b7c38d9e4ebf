package io.bascule.runner.resource;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a process has sent and nobody has taken yet: at most a window. For one that puts and one that takes. */
final class OutgoingBytes {

    private static final int LARGEST_PIECE = 64 * 1024;

    private final ByteBuffer held;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private boolean closed;

    OutgoingBytes(int window) {
        this.held = ByteBuffer.allocate(window);
    }

    /** False when there is no room for all of it: who puts was told how much there is. */
    boolean put(ByteBuffer bytes) {
        lock.lock();
        try {
            if (ended || bytes.remaining() > held.remaining()) {
                return false;
            }
            held.put(bytes);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What is held is taken still, and then no more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is taken any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that was put has been taken, and the end has been told. */
    boolean isDrained() {
        lock.lock();
        try {
            return ended && !closed && held.position() == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for bytes; empty when none come any more. */
    Optional<byte[]> take() throws InterruptedException {
        lock.lock();
        try {
            while (held.position() == 0 && !ended && !closed) {
                changed.await();
            }
            if (closed || held.position() == 0) {
                return Optional.empty();
            }
            byte[] piece = new byte[Math.min(LARGEST_PIECE, held.position())];
            held.flip().get(piece);
            held.compact();
            return Optional.of(piece);
        } finally {
            lock.unlock();
        }
    }
}
