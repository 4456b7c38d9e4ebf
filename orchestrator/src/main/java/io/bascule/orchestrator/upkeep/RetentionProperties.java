package io.bascule.orchestrator.upkeep;

import io.bascule.tasks.upkeep.Retention;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept.
 *
 * @param history ended tasks, from their end; a day or more. They leave by whole days of their acceptance
 * @param tunnels records of tunnels, from their end; a day or more
 */
@ConfigurationProperties("bascule.retention")
record RetentionProperties(
        @DefaultValue("30d") Duration history,
        @DefaultValue("90d") Duration tunnels) {

    private static final Duration SHORTEST_TUNNELS = Duration.ofDays(1);

    RetentionProperties {
        require("history", history, Retention.SHORTEST_HISTORY);
        require("tunnels", tunnels, SHORTEST_TUNNELS);
    }

    private static void require(String name, Duration kept, Duration shortest) {
        if (kept.compareTo(shortest) < 0) {
            throw new IllegalArgumentException("bascule.retention.%s: %s (expected: 1d or more)".formatted(name, kept));
        }
    }
}
