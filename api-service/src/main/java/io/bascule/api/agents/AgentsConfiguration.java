package io.bascule.api.agents;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts what is known of agents' certificates into the scrape. */
@Configuration(proxyBeanMethods = false)
class AgentsConfiguration {

    @Bean
    AgentCertificates agentCertificates(
            JdbcClient jdbc, InstantSource clock, ObjectProvider<PrometheusRegistry> registries) {
        AgentCertificates certificates = new AgentCertificates(jdbc, clock);
        registries.ifAvailable(registry -> registry.register(certificates));
        return certificates;
    }
}
