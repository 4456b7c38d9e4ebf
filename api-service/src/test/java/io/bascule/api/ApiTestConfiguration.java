package io.bascule.api;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** What {@link ApiTest} adds to the service. */
@TestConfiguration(proxyBeanMethods = false)
@Import(VerbsController.class)
class ApiTestConfiguration {

    @Bean
    Api api(Environment environment) {
        return new Api(environment);
    }

    @Bean
    @Primary
    MovableClock movableClock() {
        return new MovableClock();
    }
}
