package io.bascule.api.agents;

import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Reads agents together with where they are. */
@Component
class ReadAgents {

    private final AgentRepository agents;
    private final FindAgent findAgent;
    private final AgentStates states;

    ReadAgents(AgentRepository agents, FindAgent findAgent, AgentStates states) {
        this.agents = agents;
        this.findAgent = findAgent;
        this.states = states;
    }

    /** Those that are not revoked, by name. */
    Page<AgentView> list(UUID workspace, PageRequest request) {
        List<Agent> found = agents.findAfter(workspace, request.position().orElse(""), Limit.of(request.fetch()));
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
