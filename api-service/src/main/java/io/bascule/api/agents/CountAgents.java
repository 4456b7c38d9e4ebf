package io.bascule.api.agents;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /** Those that are not revoked; a state that none has may be missing. */
    public Map<AgentState, Integer> count(UUID workspace) {
        Map<AgentState, Integer> counts = new EnumMap<>(AgentState.class);
        counts.put(AgentState.NEVER_JOINED, agents.countNeverJoined(workspace));
        List<UUID> joined = agents.findJoined(workspace);
        int online = 0;
        for (int from = 0; from < joined.size(); from += AT_ONCE) {
            Optional<Integer> some = states.countOnline(joined.subList(from, Math.min(from + AT_ONCE, joined.size())));
            if (some.isEmpty()) {
                counts.put(AgentState.UNKNOWN, joined.size());
                return counts;
            }
            online += some.get();
        }
        counts.put(AgentState.ONLINE, online);
        counts.put(AgentState.OFFLINE, joined.size() - online);
        return counts;
    }
}
