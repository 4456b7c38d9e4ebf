package io.bascule.api.replica;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where the primary's log was and when, from which follows how far behind a replica is: at most as far as the newest moment
 * whose position it has replayed. An idle primary does not make a replica look late, and one that is cut off does not look up to date. For
 * one thread.
 */
final class Positions {

    /** At one a second: ten minutes. */
    static final int MOST = 600;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * @param position of the log's end, in bytes
     * @param nanos a time that never goes back
     */
    void add(long position, long nanos) {
        if (samples.size() == MOST) {
            samples.removeFirst();
        }
        samples.addLast(new Sample(position, nanos));
    }

    /** How far behind a replica is at most that has replayed so much; empty when it is behind all that is remembered. */
    Optional<Duration> lag(long replayed, long nanos) {
        var newestFirst = samples.descendingIterator();
        while (newestFirst.hasNext()) {
            Sample sample = newestFirst.next();
            if (sample.position() <= replayed) {
                return Optional.of(Duration.ofNanos(Math.max(0, nanos - sample.nanos())));
            }
        }
        return Optional.empty();
    }

    private record Sample(long position, long nanos) {}
}
