package io.bascule.tunnel;

import java.time.Duration;

/** Whether the other end still answers: asks when nothing was heard for a while, and gives up after a longer one. */
final class Liveness {

    private final long pingAfter;
    private final long lostAfter;
    private long heardAt;
    private long pingedAt;
    private long token;

    Liveness(Duration pingAfter, Duration lostAfter) {
        this.pingAfter = pingAfter.toNanos();
        this.lostAfter = lostAfter.toNanos();
    }

    void heard(long now) {
        heardAt = now;
        pingedAt = now;
    }

    boolean isPingDue(long now) {
        return now - pingedAt >= pingAfter;
    }

    /** The token of the PING that is sent now. */
    long ping(long now) {
        pingedAt = now;
        return ++token;
    }

    boolean isSilent(long now) {
        return now - heardAt >= lostAfter;
    }

    long deadline() {
        return Math.min(pingedAt + pingAfter, heardAt + lostAfter);
    }
}
