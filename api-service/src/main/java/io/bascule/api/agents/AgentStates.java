package io.bascule.api.agents;

import io.bascule.api.bridges.AgentInstance;
import io.bascule.api.bridges.AgentPresence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Joins what is registered of agents with where they are right now. */
@Component
public class AgentStates {

    private static final Logger log = LoggerFactory.getLogger(AgentStates.class);

    private final AgentPresence presence;

    AgentStates(AgentPresence presence) {
        this.presence = presence;
    }

    /** The agents as they are now; the registry can be read while presence cannot. */
    public Function<Agent, Present> of(Collection<Agent> agents) {
        Optional<Map<UUID, List<AgentInstance>>> instances =
                instances(agents.stream().map(Agent::id).distinct().toList());
        return agent -> Present.of(agent, instances.map(found -> found.getOrDefault(agent.id(), List.of())));
    }

    /** One agent as it is now. */
    public Present of(Agent agent) {
        return of(List.of(agent)).apply(agent);
    }

    /** How many of them are online; empty while presence cannot be read. */
    Optional<Integer> countOnline(List<UUID> agents) {
        return instances(agents)
                .map(found -> Math.toIntExact(found.values().stream()
                        .filter(instances -> !instances.isEmpty())
                        .count()));
    }

    private Optional<Map<UUID, List<AgentInstance>>> instances(List<UUID> ids) {
        try {
            return Optional.of(ids.isEmpty() ? Map.of() : presence.instances(ids));
        } catch (DataAccessException e) {
            log.warn("Where agents are cannot be read now: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** An agent's state and the instances that run. */
    public record Present(AgentState state, List<AgentInstance> instances) {

        static Present of(Agent agent, Optional<List<AgentInstance>> instances) {
            if (agent.revoked()) {
                return new Present(AgentState.REVOKED, List.of());
            }
            if (!agent.joined()) {
                return new Present(AgentState.NEVER_JOINED, List.of());
            }
            return instances
                    .map(running -> new Present(running.isEmpty() ? AgentState.OFFLINE : AgentState.ONLINE, running))
                    .orElse(new Present(AgentState.UNKNOWN, List.of()));
        }
    }
}
