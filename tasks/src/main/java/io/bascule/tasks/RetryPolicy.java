package io.bascule.tasks;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often a task may fail and how long it waits between its attempts.
 *
 * @param maxFailures the failure with this number is the last, 1 to 100; 1 means no retry
 * @param backoff the longest wait after the first failure, up to a day; it doubles with every further one
 */
public record RetryPolicy(int maxFailures, Duration backoff) {

    private static final Duration LONGEST_BACKOFF = Duration.ofDays(1);

    /** No wait is longer, but one whose backoff is longer from the start. */
    public static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** No retry. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofSeconds(1));

    public RetryPolicy {
        if (maxFailures < 1 || maxFailures > 100) {
            throw new IllegalArgumentException("maxFailures: %d (expected: 1 to 100)".formatted(maxFailures));
        }
        if (backoff.isNegative() || backoff.compareTo(LONGEST_BACKOFF) > 0) {
            throw new IllegalArgumentException("backoff: %s (expected: 0 to 24 hours)".formatted(backoff));
        }
    }

    boolean allowsAnotherAfter(int failures) {
        return failures < maxFailures;
    }

    /**
     * The wait after the given number of failures, drawn evenly from nothing to the doubled backoff (full jitter), so that
     * tasks which failed together do not come back together.
     */
    Duration waitAfter(int failures, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(ceilingAfter(failures).toMillis() + 1));
    }

    /** The longest wait after the given number of failures, which is at least 1. */
    Duration ceilingAfter(int failures) {
        long doubled = backoff.toMillis() << Math.min(failures - 1, 30);
        return Duration.ofMillis(Math.min(doubled, limit()));
    }

    private long limit() {
        return Math.max(LONGEST_WAIT.toMillis(), backoff.toMillis());
    }
}
