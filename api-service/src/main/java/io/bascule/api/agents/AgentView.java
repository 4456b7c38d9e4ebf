package io.bascule.api.agents;

import io.bascule.api.agents.AgentStates.Present;
import io.bascule.api.bridges.AgentInstance;
import io.bascule.api.naming.Labels;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent as callers see it. */
record AgentView(
        UUID id,
        String name,
        Labels labels,
        AgentState state,
        List<Instance> instances,
        Instant createdAt,
        @Nullable Instant lastSeenAt) {

    static AgentView of(Agent agent, Present present) {
        Optional<Instant> now =
                present.instances().stream().map(AgentInstance::seenAt).max(Comparator.naturalOrder());
        return new AgentView(
                agent.id(),
                agent.name(),
                agent.labels(),
                present.state(),
                present.instances().stream().map(Instance::of).toList(),
                agent.createdAt(),
                now.or(agent::lastSeenAt).orElse(null));
    }

    /** A running program of the agent and the bridges it is on. */
    record Instance(String instance, List<String> bridges, String version) {

        static Instance of(AgentInstance instance) {
            return new Instance(instance.instance(), instance.bridges(), instance.version());
        }
    }
}
