package io.bascule.api.identity.sessions;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * How failed sign-ins are slowed; who sets one of the two sets all four of its values.
 *
 * @param account for one user name, known or not, from wherever; 5 free, then 1 s doubling to 5 min, forgotten after 30 min
 * @param address for one address, whatever the names; the same after 30 free, since many people can share one
 */
@Validated
@ConfigurationProperties(prefix = "bascule.sign-in", ignoreUnknownFields = false)
record SignInProperties(
        @Valid @Nullable Pauses account, @Valid @Nullable Pauses address) {

    private static final Pauses ACCOUNT =
            new Pauses(5, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(30));
    private static final Pauses ADDRESS =
            new Pauses(30, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofMinutes(30));

    Pauses accountPauses() {
        return account == null ? ACCOUNT : account;
    }

    Pauses addressPauses() {
        return address == null ? ADDRESS : address;
    }

    /**
     * When failures cost time.
     *
     * @param freeAttempts failures that cost nothing
     * @param firstPause how long the next attempt is refused then; doubles with each further failure
     * @param longestPause where the doubling ends
     * @param memory after so long without a failure all is forgotten
     */
    record Pauses(@Min(1) int freeAttempts, Duration firstPause, Duration longestPause, Duration memory) {}
}
