package io.bascule.tasks.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What becomes of runs whose time passed while nobody could submit them. A run is missed when it is over a minute late. */
public enum MissedRuns {
    /** They do not happen. */
    SKIP(1),
    /** One run stands for all of them. */
    ONCE(1),
    /** Each is made up for, the newest 100 at most. */
    ALL(100);

    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final int most;

    MissedRuns(int most) {
        this.most = most;
    }

    /** How many runs may come of one look at the schedule. */
    int most() {
        return most;
    }

    /** Which of the occurrences that have passed are run now. */
    List<Occurrence> choose(List<Occurrence> passed, Instant now) {
        List<Occurrence> newest = passed.subList(Math.max(0, passed.size() - most), passed.size());
        return switch (this) {
            case SKIP ->
                newest.stream()
                        .filter(occurrence -> !occurrence.runAt().plus(PATIENCE).isBefore(now))
                        .toList();
            case ONCE, ALL -> List.copyOf(newest);
        };
    }

    /** The word used in SQL and JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static MissedRuns of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
