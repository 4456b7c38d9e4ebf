package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A key that the API signs tickets with, as it publishes it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record TicketKey(String id, String publicKey) {

    static Map<String, String> byId(List<TicketKey> keys) {
        return keys.stream().collect(Collectors.toMap(TicketKey::id, TicketKey::publicKey));
    }
}
