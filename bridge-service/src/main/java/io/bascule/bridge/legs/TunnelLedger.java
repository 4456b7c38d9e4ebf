package io.bascule.bridge.legs;

import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What all tunnels of this bridge add up to. Safe for use by many threads. */
final class TunnelLedger {

    private final Traffic traffic = new Traffic();
    private final ClosedTunnels closed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();
    private final AtomicInteger live = new AtomicInteger();
    private final Set<Tunnel> liveOnes = ConcurrentHashMap.newKeySet();
    private final AtomicLong pairedRaw = new AtomicLong();
    private final AtomicLong pairedGrpc = new AtomicLong();

    TunnelLedger(ClosedTunnels closed) {
        this.closed = closed;
    }

    Traffic traffic() {
        return traffic;
    }

    void paired(LegStream leg) {
        (leg.isRaw() ? pairedRaw : pairedGrpc).incrementAndGet();
    }

    /** Raw legs that were paired so far. */
    long pairedRaw() {
        return pairedRaw.get();
    }

    /** gRPC legs that were paired so far. */
    long pairedGrpc() {
        return pairedGrpc.get();
    }

    ClosedTunnels closed() {
        return closed;
    }

    /** Tunnels that count against the limit now. */
    int live() {
        return live.get();
    }

    /** Those tunnels: a few beside the many that are over and not forgotten yet. */
    Set<Tunnel> liveOnes() {
        return Collections.unmodifiableSet(liveOnes);
    }

    void becameLive(Tunnel tunnel) {
        liveOnes.add(tunnel);
        add(1);
    }

    void ceasedToLive(Tunnel tunnel) {
        liveOnes.remove(tunnel);
        add(-1);
    }

    /** Waits until no tunnel is live; says whether that came about in time. */
    boolean awaitNone(Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (live.get() > 0 && nanos > 0) {
                nanos = none.awaitNanos(nanos);
            }
            return live.get() == 0;
        } finally {
            lock.unlock();
        }
    }

    private void add(int difference) {
        lock.lock();
        try {
            if (live.addAndGet(difference) == 0) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
