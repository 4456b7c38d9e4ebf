package io.bascule.bridge.revocations;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RevocationsConfiguration {

    @Bean
    RevocationList revocationList(InstantSource clock) {
        return new RevocationList(clock);
    }
}
