package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook's endpoint fares. Five failures in a row, and it is left alone for a minute, after which one delivery at a time
 * tries it; a success forgets them all.
 *
 * @param failures in a row
 * @param failingSince when the first of them was; null without any
 */
record EndpointHealth(int failures, @Nullable Instant failingSince) {

    /** So many in a row, and the endpoint rests. */
    static final int MANY = 5;

    static final Duration REST = Duration.ofSeconds(60);
    static final Duration HOPELESS = Duration.ofDays(5);

    /** So few say nothing: a webhook with an event a week fails seldom, and for long. */
    static final int FEWEST = RetrySchedule.ATTEMPTS;

    EndpointHealth failedAt(Instant now) {
        return new EndpointHealth(failures + 1, failingSince == null ? now : failingSince);
    }

    /** Until when nothing is sent. */
    Instant restsUntil(Instant now) {
        return failures >= MANY ? now.plus(REST) : now;
    }

    /** Why the webhook is to be disabled after this attempt; empty when it is not. */
    Optional<String> reasonToDisable(Attempt attempt, Instant now) {
        if (attempt instanceof Attempt.Answered(int status, var _) && status == Attempt.GONE) {
            return Optional.of("Its endpoint answered 410 Gone");
        }
        boolean hopeless = failures >= FEWEST && failingSince != null && !now.isBefore(failingSince.plus(HOPELESS));
        return hopeless
                ? Optional.of("Its endpoint has taken nothing for %d days".formatted(HOPELESS.toDays()))
                : Optional.empty();
    }
}
