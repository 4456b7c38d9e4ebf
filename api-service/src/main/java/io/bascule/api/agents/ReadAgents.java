package io.bascule.api.agents;

import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads agents together with where they are. */
@Component
class ReadAgents {

    private final AgentRepository agents;
    private final FindAgent findAgent;
    private final AgentStates states;
    private final JsonMapper json;

    ReadAgents(AgentRepository agents, FindAgent findAgent, AgentStates states, JsonMapper json) {
        this.agents = agents;
        this.findAgent = findAgent;
        this.states = states;
        this.json = json;
    }

    /** Those that are not revoked, by name. */
    Page<AgentView> list(UUID workspace, AgentFilter filter, PageRequest request) {
        List<Agent> found = agents.search(
                workspace,
                request.position().orElse(""),
                filter.part(),
                json.writeValueAsString(filter.labels()),
                request.fetch());
        Page<Agent> page = Page.cut(found, request, Agent::name);
        Function<Agent, Present> present = states.of(page.items());
        return page.map(agent -> AgentView.of(agent, present.apply(agent)));
    }

    AgentView get(UUID workspace, String idOrName) {
        return view(findAgent.require(workspace, idOrName));
    }

    AgentView view(Agent agent) {
        return AgentView.of(agent, states.of(agent));
    }
}
