package io.bascule.api.scaling.replicas;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Steps of the platform's own autoscalers.
 *
 * @param every how often; the cluster's take one each 15 s
 */
@ConfigurationProperties("bascule.scaling")
record ScalingProperties(@DefaultValue("15s") Duration every) {

    ScalingProperties {
        if (every.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("bascule.scaling.every: %s (expected: 100ms or more)".formatted(every));
        }
    }
}
