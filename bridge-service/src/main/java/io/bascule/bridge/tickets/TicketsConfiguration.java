package io.bascule.bridge.tickets;

import io.bascule.bridge.settings.BridgeSettings;
import io.bascule.tunnel.client.ticket.TicketKeys;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class TicketsConfiguration {

    @Bean
    TicketKeys ticketKeys() {
        return new TicketKeys();
    }

    @Bean
    KeptTicketKeys keptTicketKeys(JsonMapper json, TicketKeys keys, BridgeSettings settings) {
        Path directory = settings.stateDirectory();
        KeptTicketKeys kept = new KeptTicketKeys(
                json, keys, directory == null ? null : directory.resolve("ticket-keys-" + settings.id() + ".json"));
        kept.load();
        return kept;
    }
}
