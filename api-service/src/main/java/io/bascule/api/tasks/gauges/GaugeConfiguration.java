package io.bascule.api.tasks.gauges;

import io.bascule.service.ServiceProperties;
import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.tasks.gauge.JdbcGauges;
import io.bascule.tasks.gauge.JdbcTaskTotals;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the platform's gauges into the scrape. */
@Configuration(proxyBeanMethods = false)
class GaugeConfiguration {

    @Bean
    GaugeLease gaugeLease(JdbcClient database, ServiceProperties service, GaugeProperties properties) {
        String holder = service.instance() + "-" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        return new GaugeLease(database, holder, properties.lease(), properties.scrapeInterval());
    }

    @Bean
    KeepGaugeLease keepGaugeLease(GaugeLease lease, GaugeProperties properties) {
        return new KeepGaugeLease(lease, properties.lease());
    }

    @Bean
    PlatformGauges platformGauges(
            JdbcClient database, GaugeLease lease, ObjectProvider<PrometheusRegistry> registries) {
        var gauges = new PlatformGauges(new JdbcGauges(database), new JdbcTaskTotals(database), lease);
        registries.ifAvailable(registry -> registry.register(gauges));
        return gauges;
    }
}
