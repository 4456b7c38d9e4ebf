package io.bascule.runner.egress;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the egress of jobs. */
@Configuration(proxyBeanMethods = false)
class EgressConfiguration {

    @Bean
    Egress egress(EgressProperties properties) {
        return new Egress(properties);
    }
}
