package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a delivery is tried again: eleven attempts in about three days, from 5 s to 24 h apart. */
final class RetrySchedule {

    static final Duration SHORTEST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofHours(24);

    /** The least time after the first, second, … failure. */
    private static final List<Duration> WAITS = Stream.of(
                    "PT5S", "PT30S", "PT2M", "PT10M", "PT30M", "PT2H", "PT6H", "PT12H", "PT20H", "PT20H")
            .map(Duration::parse)
            .toList();

    /** Up to a fifth more, so that what failed together does not come back together. */
    private static final double JITTER = 0.2;

    static final int ATTEMPTS = WAITS.size() + 1;

    private RetrySchedule() {}

    /**
     * How long to wait after a failure.
     *
     * @param failures so many so far, this one included
     * @param chance from 0 to 1
     * @param wanted what the endpoint asked for, if it did; heeded up to the longest wait
     * @return empty when the delivery is given up
     */
    static Optional<Duration> after(int failures, double chance, @Nullable Duration wanted) {
        if (failures < 1 || chance < 0 || chance > 1) {
            throw new IllegalArgumentException(
                    "failures: %d, chance: %s (expected: 1 or more, 0 to 1)".formatted(failures, chance));
        }
        if (failures >= ATTEMPTS) {
            return Optional.empty();
        }
        Duration least = WAITS.get(failures - 1);
        Duration wait = least.plusMillis((long) (least.toMillis() * JITTER * chance));
        Duration longer = wanted != null && wanted.compareTo(wait) > 0 ? wanted : wait;
        return Optional.of(longer.compareTo(LONGEST) > 0 ? LONGEST : longer);
    }
}
