package io.bascule.api.resources;

import io.bascule.api.agents.Agent;
import io.bascule.api.agents.AgentStates;
import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads resources together with their agents' states. */
@Component
class ReadResources {

    private final ResourceRepository resources;
    private final AgentStates states;
    private final JsonMapper json;

    ReadResources(ResourceRepository resources, AgentStates states, JsonMapper json) {
        this.resources = resources;
        this.states = states;
        this.json = json;
    }

    Page<ResourceView> list(UUID workspace, ResourceFilter filter, PageRequest request) {
        List<UUID> ids = resources.search(
                workspace,
                request.position().orElse(""),
                filter.kind(),
                filter.part(),
                json.writeValueAsString(filter.labels()),
                request.fetch());
        Page<Resource> page = Page.cut(resources.findAll(ids), request, Resource::name);
        Function<Agent, Present> present =
                states.of(page.items().stream().map(Resource::agent).toList());
        return page.map(resource -> ResourceView.of(resource, present.apply(resource.agent())));
    }

    ResourceView view(Resource resource) {
        return ResourceView.of(resource, states.of(resource.agent()));
    }
}
