package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;

/** What the API answers to an agent that joined. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Joined(
        Agent agent, String certificate, String authorities, List<TicketKey> ticketKeys, List<BridgeLocation> bridges) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Agent(UUID id, String name) {}
}
