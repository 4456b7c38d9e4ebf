package io.bascule.api.scaling.prometheus;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Prometheus that scrapes this platform.
 *
 * @param url such as {@code http://prometheus:9090}; none unless set
 * @param timeout the longest that it may take for a whole answer
 */
@ConfigurationProperties("bascule.prometheus")
public record PrometheusProperties(
        @Nullable URI url, @DefaultValue("10s") Duration timeout) {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    public PrometheusProperties {
        if (url != null && url.toString().isBlank()) {
            url = null;
        }
        if (url != null
                && (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?"))) {
            throw new IllegalArgumentException(
                    "bascule.prometheus.url: %s (expected: http or https, such as http://prometheus:9090)"
                            .formatted(url));
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "bascule.prometheus.timeout: %s (expected: 100ms to 30s)".formatted(timeout));
        }
    }
}
