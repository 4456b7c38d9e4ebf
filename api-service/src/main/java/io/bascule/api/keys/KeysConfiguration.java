package io.bascule.api.keys;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KeysConfiguration {

    @Bean
    MasterKey masterKey(SecretsProperties properties) {
        return MasterKey.from(properties);
    }

    @Bean
    TicketKeys ticketKeys(PlatformKeys keys) {
        return new TicketKeys(keys.findOrCreate(KeyPurpose.TICKET, TicketKeys::make));
    }
}
