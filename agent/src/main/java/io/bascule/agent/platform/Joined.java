package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the API answers to an agent that joined. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Joined(
        Agent agent, String certificate, String authorities, List<TicketKey> ticketKeys, List<BridgeLocation> bridges) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Agent(UUID id, String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record TicketKey(String id, String publicKey) {}

    Map<String, String> keysById() {
        return ticketKeys.stream().collect(Collectors.toMap(TicketKey::id, TicketKey::publicKey));
    }
}
