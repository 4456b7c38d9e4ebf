package io.bascule.service.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the metrics that every service has. */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
class MetricsAutoConfiguration {

    @Bean
    FilterRegistrationBean<HttpMetricsFilter> httpMetricsFilter(MeterRegistry registry) {
        var registration = new FilterRegistrationBean<>(new HttpMetricsFilter(registry));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    @Bean
    ActiveConnections activeConnections(MeterRegistry registry) {
        return new ActiveConnections(registry);
    }
}
