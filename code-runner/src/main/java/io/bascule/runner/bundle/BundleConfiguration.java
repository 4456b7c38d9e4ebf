package io.bascule.runner.bundle;

import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what makes bundles ready. */
@Configuration(proxyBeanMethods = false)
class BundleConfiguration {

    @Bean
    Bundles bundles(BundleProperties properties, RegistryProperties registries, InstantSource clock)
            throws IOException {
        return new Bundles(properties, registries, BundlePlace.make(properties), clock);
    }
}
