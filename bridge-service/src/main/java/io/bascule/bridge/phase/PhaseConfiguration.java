package io.bascule.bridge.phase;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PhaseConfiguration {

    @Bean
    CurrentPhase currentPhase() {
        return new CurrentPhase();
    }

    /** Part of readiness: a bridge is ready from its certificate to its drain. */
    @Bean
    HealthIndicator bridgeHealthIndicator(CurrentPhase phase) {
        return () -> (phase.get() == Phase.SERVING ? Health.up() : Health.outOfService())
                .withDetail("phase", phase.get())
                .build();
    }

    @Bean
    MeterBinder drainMetrics(CurrentPhase phase) {
        return registry -> Gauge.builder("bascule.bridge.draining", phase, current -> current.isDraining() ? 1 : 0)
                .description("1 while this bridge waits for its tunnels to end, else 0")
                .register(registry);
    }
}
