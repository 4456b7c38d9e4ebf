package io.bascule.api.replica;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * A standby of the database that streams from it, for long reads.
 *
 * @param url JDBC; empty where there is none
 * @param username the primary's by default
 * @param password the primary's by default
 * @param connections so many reads at once
 * @param maxLag one that is further behind is not asked
 * @param patience how long a read waits for what was committed before it
 * @param timeout the longest a statement may take there
 */
@Validated
@ConfigurationProperties("bascule.database.replica")
record ReplicaProperties(
        @DefaultValue("") String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("5") @Min(1) @Max(100) int connections,
        @DefaultValue("10s") Duration maxLag,
        @DefaultValue("250ms") Duration patience,
        @DefaultValue("10s") Duration timeout) {

    private static final Duration LONGEST_PATIENCE = Duration.ofMinutes(1);

    ReplicaProperties {
        requirePositive("max-lag", maxLag);
        requirePositive("timeout", timeout);
        if (patience.isNegative() || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException(
                    "bascule.database.replica.patience: %s (expected: 0s to 1m)".formatted(patience));
        }
    }

    private static void requirePositive(String name, Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(
                    "bascule.database.replica.%s: %s (expected: more than 0)".formatted(name, time));
        }
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "ReplicaProperties[url=%s]".formatted(url.replaceFirst("\\?.*", ""));
    }
}
