package io.bascule.api.webhooks.delivery;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deliveries to webhooks.
 *
 * @param concurrency so many a pod sends at once
 * @param perEndpoint so many the platform sends to one webhook at once
 * @param timeout the longest an endpoint may take for its whole answer
 * @param poll how often to look for what is due
 * @param drain how long a pod that stops waits for what it sends; the rest is handed back
 * @param kept how long a delivery is remembered after its end
 * @param privateNetworks by workspace, the networks its webhooks may reach although they are not public
 */
@Validated
@ConfigurationProperties("bascule.webhooks")
record WebhookProperties(
        @DefaultValue("32") @Min(1) @Max(1_000) int concurrency,
        @DefaultValue("4") @Min(1) @Max(100) int perEndpoint,
        @DefaultValue("15s") Duration timeout,
        @DefaultValue("1s") Duration poll,
        @DefaultValue("10s") Duration drain,
        @DefaultValue("7d") Duration kept,
        @DefaultValue Map<String, List<String>> privateNetworks) {

    static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    WebhookProperties {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("bascule.webhooks.timeout: %s (expected: 1s to 30s)".formatted(timeout));
        }
    }
}
