package io.bascule.tasks.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * When a schedule's task is submitted.
 *
 * @param schedule its id; schedules of the same times have different jitters
 * @param anchor where intervals are counted from
 * @param jitter the longest an occurrence is put off, 0 to 24 hours; never to the next occurrence or beyond it
 */
public record Timetable(UUID schedule, When when, Instant anchor, Duration jitter, MissedRuns missedRuns) {

    /** No run is put off any longer. */
    public static final Duration LONGEST_JITTER = Duration.ofDays(1);

    private static final Duration FIRST_WINDOW = Duration.ofMinutes(1);

    public Timetable {
        if (jitter.isNegative() || jitter.compareTo(LONGEST_JITTER) > 0) {
            throw new IllegalArgumentException(
                    "%d (expected: 0 to %d)".formatted(jitter.toSeconds(), LONGEST_JITTER.toSeconds()));
        }
    }

    /** The first occurrence after a moment; empty when there is none. */
    public Optional<Occurrence> after(Instant moment) {
        return when.after(moment, anchor).map(this::occurrence);
    }

    /**
     * What is due. A clock that was set back finds nothing due and nothing to do again.
     *
     * @param oldest the first occurrence that has not been dealt with
     */
    public DueRuns due(Instant oldest, Instant now) {
        if (now.isBefore(oldest)) {
            return new DueRuns(List.of(), occurrence(oldest));
        }
        List<Occurrence> passed = newest(oldest, now, missedRuns.most() + 1).stream()
                .map(this::occurrence)
                .toList();
        boolean lastIsPutOff = !passed.isEmpty() && passed.getLast().runAt().isAfter(now);
        List<Occurrence> due = lastIsPutOff ? passed.subList(0, passed.size() - 1) : passed;
        return new DueRuns(
                missedRuns.choose(due, now),
                lastIsPutOff ? passed.getLast() : after(now).orElse(null));
    }

    /**
     * The newest occurrences from the oldest to now. Looked for in windows that grow, so that a second's rhythm is not counted
     * through the year it was away for.
     */
    private List<Instant> newest(Instant oldest, Instant now, int most) {
        Duration window = FIRST_WINDOW;
        while (now.minus(window).isAfter(oldest)) {
            List<Instant> found = between(now.minus(window), now, most);
            if (found.size() == most) {
                return found;
            }
            window = window.multipliedBy(4);
        }
        return between(oldest.minusNanos(1), now, most);
    }

    private List<Instant> between(Instant after, Instant now, int most) {
        Deque<Instant> found = new ArrayDeque<>();
        Optional<Instant> next = when.after(after, anchor);
        while (next.isPresent() && !next.get().isAfter(now)) {
            if (found.size() == most) {
                found.removeFirst();
            }
            found.addLast(next.get());
            next = when.after(next.get(), anchor);
        }
        return List.copyOf(found);
    }

    private Occurrence occurrence(Instant at) {
        if (jitter.isZero()) {
            return new Occurrence(at, at);
        }
        Duration room =
                when.after(at, anchor).map(next -> Duration.between(at, next)).orElse(jitter);
        long most = Math.min(jitter.toMillis() + 1, room.toMillis());
        return new Occurrence(at, at.plusMillis(draw(at) % most));
    }

    /** A number from 0 to 2^48 - 1 that anyone would draw for this occurrence. */
    private long draw(Instant at) {
        byte[] name = (schedule + "/" + at.getEpochSecond()).getBytes(StandardCharsets.US_ASCII);
        return UUID.nameUUIDFromBytes(name).getMostSignificantBits() >>> 16;
    }
}
