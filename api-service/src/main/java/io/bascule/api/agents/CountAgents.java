package io.bascule.api.agents;

import io.bascule.api.agents.AgentStates.Present;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Counts a workspace's agents, each by where it is now. */
@Component
public class CountAgents {

    private static final int AT_ONCE = 1_000;

    private final AgentRepository agents;
    private final AgentStates states;

    CountAgents(AgentRepository agents, AgentStates states) {
        this.agents = agents;
        this.states = states;
    }

    /** Those that are not revoked; a state that none has is missing. */
    public Map<AgentState, Integer> count(UUID workspace) {
        Map<AgentState, Integer> counts = new EnumMap<>(AgentState.class);
        String after = "";
        List<Agent> some;
        do {
            some = agents.search(workspace, after, "", "{}", AT_ONCE);
            Function<Agent, Present> present = states.of(some);
            some.forEach(agent -> counts.merge(present.apply(agent).state(), 1, Integer::sum));
            after = some.isEmpty() ? after : some.getLast().name();
        } while (some.size() == AT_ONCE);
        return counts;
    }
}
