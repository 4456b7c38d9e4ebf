package io.bascule.bridge.legs;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes this bridge may hold: so many for one direction of a tunnel, and so many for all. While all is spent, a
 * direction that holds anything is not read any further. Safe for use by many threads.
 */
final class BufferBudget {

    /** What a held frame costs beside its bytes. */
    static final int OVERHEAD = 64;

    private final long perLane;
    private final long total;
    private final AtomicLong held = new AtomicLong();

    BufferBudget(long perLane, long total) {
        this.perLane = perLane;
        this.total = total;
    }

    /** Whether a lane that holds so much may take one more frame. A lane that holds nothing always may. */
    boolean allows(long heldByLane) {
        return heldByLane == 0 || (heldByLane < perLane && !isSpent());
    }

    boolean isSpent() {
        return held.get() >= total;
    }

    void take(long bytes) {
        held.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
