package io.bascule.api.resources;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.ProblemException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks up a resource of a workspace by id or name; another workspace's does not exist. */
@Component
class FindResource {

    private final ResourceRepository resources;

    FindResource(ResourceRepository resources) {
        this.resources = resources;
    }

    Resource require(UUID workspace, String idOrName) {
        return Names.asId(idOrName)
                .map(id -> resources.find(workspace, id))
                .orElseGet(() -> resources.find(workspace, idOrName))
                .orElseThrow(() -> new ProblemException(
                        ResourceProblem.RESOURCE_NOT_FOUND,
                        "No resource of this workspace has the id or name %s".formatted(Names.shown(idOrName))));
    }
}
