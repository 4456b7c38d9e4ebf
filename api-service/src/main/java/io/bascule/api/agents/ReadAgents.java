package io.bascule.api.agents;

import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads agents together with where they are. */
@Component
class ReadAgents {

    /** Where an agent is is not in the registry, so those in a wanted state are looked for among so many at a time. */
    private static final int AT_ONCE = 200;

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
        int atOnce = filter.state().isPresent() ? AT_ONCE : request.fetch();
        String labels = json.writeValueAsString(filter.labels());
        List<AgentView> found = new ArrayList<>();
        String after = request.position().orElse("");
        List<Agent> some;
        do {
            some = agents.search(workspace, after, filter.part(), labels, atOnce);
            found.addAll(views(some, filter));
            after = some.isEmpty() ? after : some.getLast().name();
        } while (some.size() == atOnce && found.size() < request.fetch());
        return Page.cut(found.subList(0, Math.min(found.size(), request.fetch())), request, AgentView::name);
    }

    private List<AgentView> views(List<Agent> some, AgentFilter filter) {
        Function<Agent, Present> present = states.of(some);
        return some.stream()
                .map(agent -> AgentView.of(agent, present.apply(agent)))
                .filter(view -> filter.admits(view.state()))
                .toList();
    }

    AgentView get(UUID workspace, String idOrName) {
        return view(findAgent.require(workspace, idOrName));
    }

    AgentView view(Agent agent) {
        return AgentView.of(agent, states.of(agent));
    }
}
