package io.bascule.api.tasks.gauges;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who publishes the platform's gauges, and when.
 *
 * @param lease how long a pod that is not heard of keeps the right
 * @param scrapeInterval how often Prometheus scrapes; a new holder starts one interval after the old one's end
 */
@ConfigurationProperties("bascule.gauges")
record GaugeProperties(
        @DefaultValue("6s") Duration lease,
        @DefaultValue("15s") Duration scrapeInterval) {}
