package io.bascule.agent.platform;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** What the API answers to an agent that renews its certificate. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Renewed(String certificate, String authorities, List<TicketKey> ticketKeys) {}
