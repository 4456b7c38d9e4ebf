package io.bascule.tunnel;

import java.time.Duration;

/**
 * How a {@link TunnelStream} behaves in time and memory. Both ends may differ.
 *
 * @param window bytes that the other end may be ahead of what has been delivered here at first
 * @param largestWindow bytes that it may be ahead at most, once that pays; the receive buffer's bound
 * @param acknowledgeWithin how long a delivered byte stays unacknowledged at most
 * @param pingAfter silence after which the other end is asked for a sign of life
 * @param lostAfter silence after which the leg counts as lost
 * @param detachedHold how long to wait without a leg after one was lost before giving the tunnel up
 */
public record StreamSettings(
        int window,
        int largestWindow,
        Duration acknowledgeWithin,
        Duration pingAfter,
        Duration lostAfter,
        Duration detachedHold) {

    private static final int MOST = 32 * 1024 * 1024;

    /** What the protocol page states. */
    public static final StreamSettings DEFAULT = new StreamSettings(
            256 * 1024,
            MOST,
            Duration.ofMillis(20),
            Duration.ofSeconds(25),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5));

    public StreamSettings {
        if (window < 2 || window > MOST) {
            throw new IllegalArgumentException("window: " + window + " (expected: 2 bytes to 32 MiB)");
        }
        if (largestWindow < window || largestWindow > MOST) {
            throw new IllegalArgumentException(
                    "largestWindow: " + largestWindow + " (expected: the window, " + window + " bytes, to 32 MiB)");
        }
        if (lostAfter.compareTo(pingAfter) <= 0) {
            throw new IllegalArgumentException(
                    "lostAfter: " + lostAfter + " (expected: > pingAfter " + pingAfter + ")");
        }
    }

    /** The same with other windows. */
    public StreamSettings withWindow(int first, int largest) {
        return new StreamSettings(first, largest, acknowledgeWithin, pingAfter, lostAfter, detachedHold);
    }

    /** The same with another time to wait without a leg. */
    public StreamSettings withDetachedHold(Duration hold) {
        return new StreamSettings(window, largestWindow, acknowledgeWithin, pingAfter, lostAfter, hold);
    }
}
