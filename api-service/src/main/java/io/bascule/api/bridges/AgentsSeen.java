package io.bascule.api.bridges;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Bridges named these agents as connected. Told for every agent at least every few seconds while it is online. */
public record AgentsSeen(Set<UUID> agents, Instant at) {

    public AgentsSeen {
        agents = Set.copyOf(agents);
    }
}
