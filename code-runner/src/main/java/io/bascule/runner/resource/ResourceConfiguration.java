package io.bascule.runner.resource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the connections to resources. */
@Configuration(proxyBeanMethods = false)
class ResourceConfiguration {

    @Bean
    Connections connections(ResourceProperties properties) {
        return new Connections(properties);
    }
}
