package io.bascule.api.keys;

import java.time.Duration;
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

    @Bean
    FollowMasterKey followMasterKey(RewrapKeys rewrap, MasterKey masterKey) {
        return new FollowMasterKey(rewrap, masterKey, Duration.ofMinutes(1));
    }

    @Bean
    WebhookSeal webhookSeal(PlatformKeys keys) {
        return new WebhookSeal(keys.findOrCreate(KeyPurpose.WEBHOOK, TicketKeys::make)
                .getFirst()
                .privateKey());
    }
}
