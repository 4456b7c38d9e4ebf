package io.bascule.bridge.legs;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tunnels that are over and that the API has not confirmed to know. Holds a bounded number; while the API stays away for
 * longer than that, the oldest are given up with a line in the log. Safe for use by many threads.
 */
public final class ClosedTunnels {

    private static final Logger LOG = LoggerFactory.getLogger(ClosedTunnels.class);

    private final int bound;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<ClosedTunnel> unconfirmed = new ArrayDeque<>();

    ClosedTunnels(int bound) {
        this.bound = bound;
    }

    void add(ClosedTunnel closed) {
        lock.lock();
        try {
            if (unconfirmed.size() == bound) {
                ClosedTunnel lost = unconfirmed.remove();
                LOG.warn(
                        "tunnel {}: its end (code {}, {} + {} bytes) will not be in the records: {} unreported ends are"
                                + " waiting for the API",
                        lost.tunnel(),
                        lost.code().value(),
                        lost.bytesFromClient(),
                        lost.bytesFromAgent(),
                        bound);
            }
            unconfirmed.add(closed);
        } finally {
            lock.unlock();
        }
    }

    /** The oldest ones, at most so many. */
    public List<ClosedTunnel> oldest(int atMost) {
        lock.lock();
        try {
            return unconfirmed.stream().limit(atMost).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what the API has confirmed. */
    public void confirmed(List<ClosedTunnel> known) {
        lock.lock();
        try {
            for (ClosedTunnel closed : known) {
                if (closed.equals(unconfirmed.peek())) {
                    unconfirmed.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
