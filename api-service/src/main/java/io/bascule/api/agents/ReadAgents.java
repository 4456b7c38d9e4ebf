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

    private static final int MOST_LOOKS = 25;

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

    /** Those that are not revoked, by name. Where a state is rare a page may have few or none of them and still a next one. */
    Page<AgentView> list(UUID workspace, AgentFilter filter, PageRequest request) {
        int atOnce = filter.state().isPresent() ? AT_ONCE : request.fetch();
        String labels = json.writeValueAsString(filter.labels());
        List<AgentView> found = new ArrayList<>();
        String after = request.position().orElse("");
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            List<Agent> some = agents.search(workspace, after, filter.part(), labels, atOnce);
            found.addAll(views(some, filter));
            if (some.size() < atOnce || found.size() >= request.fetch()) {
                List<AgentView> most = found.subList(0, Math.min(found.size(), request.fetch()));
                return Page.cut(most, request, AgentView::name);
            }
            after = some.getLast().name();
        }
        return Page.before(after, found);
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
