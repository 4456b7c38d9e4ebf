package io.bascule.api.agents;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks up an agent of a workspace. */
@Component
public class FindAgent {

    private final AgentRepository agents;

    FindAgent(AgentRepository agents) {
        this.agents = agents;
    }

    /** By id, or by name among those that are not revoked. */
    public Optional<Agent> find(UUID workspace, String idOrName) {
        return Names.asId(idOrName)
                .map(id -> agents.find(workspace, id))
                .orElseGet(() -> agents.find(workspace, idOrName));
    }

    Agent require(UUID workspace, String idOrName) {
        return find(workspace, idOrName)
                .orElseThrow(() -> new ProblemException(
                        AgentProblem.AGENT_NOT_FOUND,
                        "No agent of this workspace has the id or name %s".formatted(Names.shown(idOrName))));
    }
}
