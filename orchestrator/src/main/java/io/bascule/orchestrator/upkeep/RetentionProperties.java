package io.bascule.orchestrator.upkeep;

import io.bascule.tasks.upkeep.Retention;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept.
 *
 * @param history ended tasks, from their end; a day or more. They leave by whole days of their acceptance
 */
@ConfigurationProperties("bascule.retention")
record RetentionProperties(@DefaultValue("30d") Duration history) {

    RetentionProperties {
        if (history.compareTo(Retention.SHORTEST_HISTORY) < 0) {
            throw new IllegalArgumentException(
                    "bascule.retention.history: %s (expected: 1d or more)".formatted(history));
        }
    }
}
