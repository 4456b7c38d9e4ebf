package io.bascule.orchestrator.leadership;

import io.bascule.service.ServiceProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LeadershipConfiguration {

    @Bean
    Leadership leadership(
            JdbcClient database,
            LeadershipProperties properties,
            ServiceProperties service,
            InstantSource clock,
            MeterRegistry metrics) {
        var leadership = new Leadership(new JdbcLeaderLease(database), properties.lease(), service.instance(), clock);
        Gauge.builder("bascule.orchestrator.leader", () -> leadership.fence().isPresent() ? 1 : 0)
                .description("1 while this pod leads, else 0")
                .register(metrics);
        return leadership;
    }

    @Bean
    LeaderWork leaderWork(Leadership leadership, LeadershipProperties properties, ObjectProvider<LeaderStep> steps) {
        return new LeaderWork(
                leadership, properties.renewal(), steps.orderedStream().toList());
    }
}
