package io.bascule.bridge.settings;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    BridgeIdentity bridgeIdentity(BridgeSettings settings) {
        return BridgeIdentity.of(settings);
    }
}
