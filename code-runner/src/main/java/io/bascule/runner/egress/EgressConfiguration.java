package io.bascule.runner.egress;

import io.bascule.runner.resource.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the egress of jobs. */
@Configuration(proxyBeanMethods = false)
class EgressConfiguration {

    @Bean
    Egress egress(EgressProperties properties, Connections connections, MeterRegistry registry) {
        return new Egress(properties, connections, registry);
    }
}
