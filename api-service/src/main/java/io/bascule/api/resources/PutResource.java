package io.bascule.api.resources;

import io.bascule.api.agents.Agent;
import io.bascule.api.agents.FindAgent;
import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.naming.NewId;
import io.bascule.api.revisions.Revision;
import io.bascule.service.problem.ProblemException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts a resource into the registry, or a new state of it. */
@Component
class PutResource {

    private final ResourceRepository resources;
    private final FindResource findResource;
    private final FindAgent findAgent;
    private final AuditLog audit;
    private final NewId ids;
    private final InstantSource clock;

    PutResource(
            ResourceRepository resources,
            FindResource findResource,
            FindAgent findAgent,
            AuditLog audit,
            NewId ids,
            InstantSource clock) {
        this.resources = resources;
        this.findResource = findResource;
        this.findAgent = findAgent;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional
    Resource create(Caller caller, WantedResource request) {
        caller.require(Role.ADMIN);
        ResourceSpecification wanted = request.check();
        Agent agent = agent(caller.workspace(), wanted);
        Resource resource = save(new Resource(
                ids.next(), caller.workspace(), agent, wanted, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        audit.record(AuditEvent.allowed(caller, "resource.create", resource.asTarget()));
        return resource;
    }

    @Transactional
    Resource change(Caller caller, String idOrName, @Nullable String ifMatch, WantedResource request) {
        caller.require(Role.ADMIN);
        ResourceSpecification wanted = request.check();
        Resource resource = findResource.require(caller.workspace(), idOrName);
        resource.revision().requireMatch(ifMatch);
        resource.change(
                agent(caller.workspace(), wanted), wanted, clock.instant().truncatedTo(ChronoUnit.MICROS));
        Resource changed = save(resource);
        audit.record(AuditEvent.allowed(caller, "resource.update", changed.asTarget()));
        return changed;
    }

    private Agent agent(UUID workspace, ResourceSpecification wanted) {
        return findAgent
                .find(workspace, wanted.agent())
                .filter(agent -> !agent.revoked())
                .orElseThrow(() -> WantedResource.unknownAgent(wanted.agent()));
    }

    private Resource save(Resource resource) {
        try {
            return resources.saveAndFlush(resource);
        } catch (DataIntegrityViolationException e) {
            throw new ProblemException(
                    ResourceProblem.RESOURCE_NAME_TAKEN,
                    "There is a resource %s already; choose another name".formatted(resource.name()));
        } catch (OptimisticLockingFailureException e) {
            throw Revision.outdated();
        }
    }
}
