package io.bascule.tunnel.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns at something that a program does a few times at once and no more; whoever asks has his turn in the order of asking.
 * What waits is bounded by how many ask. Safe for use by many threads.
 */
final class Turns {

    private final int atOnce;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int taken;

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /**
     * Asks for a turn, which is to be closed in any case.
     *
     * @param granted called when the turn comes, if it does not at once, on whatever thread that is
     */
    Turn ask(Runnable granted) {
        Turn turn = new Turn(granted);
        lock.lock();
        try {
            waiting.add(turn);
        } finally {
            lock.unlock();
        }
        grantNext();
        return turn;
    }

    private void grantNext() {
        Turn next = null;
        lock.lock();
        try {
            if (taken < atOnce && !waiting.isEmpty()) {
                taken++;
                next = waiting.remove();
                next.granted = true;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.whenGranted.run();
        }
    }

    /** One turn, from when it was asked for. */
    final class Turn implements AutoCloseable {

        private final Runnable whenGranted;
        private volatile boolean granted;
        private boolean closed;

        private Turn(Runnable whenGranted) {
            this.whenGranted = whenGranted;
        }

        boolean isGranted() {
            return granted;
        }

        /** Over, or not wanted any more. Idempotent. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed && granted) {
                    taken--;
                }
                closed = true;
                waiting.remove(this);
            } finally {
                lock.unlock();
            }
            grantNext();
        }
    }
}
