package io.bascule.bridge.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many tunnels more may be asked to go on elsewhere: no more are under way than the bridges and agents that they go to have shown
 * that they keep up with, else all of them would be late and begin again. Those that do not move within a while make room for
 * others. Not thread-safe.
 */
final class MovesUnderWay {

    static final int MOST = 100;
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Deque<Asked> lately = new ArrayDeque<>();
    private long longAgo;

    /** How many had been asked by then. */
    private record Asked(Instant at, long count) {}

    /**
     * To be called a few times a second.
     *
     * @param asked so far
     * @param settled those of them that have moved, or are over
     */
    int room(Instant now, long asked, long settled) {
        for (Asked first = lately.peekFirst(); first != null && isLongAgo(first, now); first = lately.peekFirst()) {
            longAgo = lately.removeFirst().count();
        }
        lately.addLast(new Asked(now, asked));
        long underWay = asked - Math.max(settled, longAgo);
        return (int) Math.clamp(MOST - underWay, 0L, MOST);
    }

    private static boolean isLongAgo(Asked one, Instant now) {
        return !one.at().plus(PATIENCE).isAfter(now);
    }
}
