package io.bascule.api.resources;

import io.bascule.api.agents.AgentState;
import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.naming.Labels;
import java.time.Instant;
import java.util.UUID;

/** A resource as callers see it. */
record ResourceView(
        UUID id,
        String name,
        ResourceKind kind,
        ReachedBy agent,
        String host,
        int port,
        Labels labels,
        Instant createdAt,
        Instant updatedAt) {

    static ResourceView of(Resource resource, Present present) {
        return new ResourceView(
                resource.id(),
                resource.name(),
                resource.kind(),
                new ReachedBy(resource.agent().id(), resource.agent().name(), present.state()),
                resource.host(),
                resource.port(),
                resource.labels(),
                resource.createdAt(),
                resource.updatedAt());
    }

    /** The agent that reaches it, and whether it can be used. */
    record ReachedBy(UUID id, String name, AgentState state) {}
}
