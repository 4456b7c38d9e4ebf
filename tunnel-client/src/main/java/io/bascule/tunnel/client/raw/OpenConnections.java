package io.bascule.tunnel.client.raw;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The raw connections of one owner, so that it can end them all. Safe for use by many threads. */
public final class OpenConnections {

    private final Set<RawConnection> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private volatile boolean closed;

    /** Follows a connection that has just been secured until it is gone; one that comes after the end is dropped. */
    void add(RawConnection connection) {
        open.add(connection);
        if (closed) {
            connection.abort("closed");
        }
    }

    void remove(RawConnection connection) {
        open.remove(connection);
        if (open.isEmpty()) {
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Drops all of them at once, and whichever still comes. Returns before they are gone. */
    public void drop(String why) {
        closed = true;
        open.forEach(connection -> connection.abort(why));
    }

    /** Waits until there is none, but not longer. */
    public void awaitNone(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (!open.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
