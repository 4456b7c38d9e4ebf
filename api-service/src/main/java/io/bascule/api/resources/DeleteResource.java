package io.bascule.api.resources;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.revisions.Revision;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a resource out of the registry. */
@Component
class DeleteResource {

    private final ResourceRepository resources;
    private final FindResource findResource;
    private final ApplicationEventPublisher events;
    private final AuditLog audit;

    DeleteResource(
            ResourceRepository resources, FindResource findResource, ApplicationEventPublisher events, AuditLog audit) {
        this.resources = resources;
        this.findResource = findResource;
        this.events = events;
        this.audit = audit;
    }

    @Transactional
    void delete(Caller caller, String idOrName, @Nullable String ifMatch) {
        caller.require(Role.ADMIN);
        Resource resource = findResource.require(caller.workspace(), idOrName);
        resource.revision().requireMatch(ifMatch);
        try {
            resources.delete(resource);
            resources.flush();
        } catch (OptimisticLockingFailureException e) {
            throw Revision.outdated();
        }
        events.publishEvent(new ResourceDeleted(resource.id()));
        audit.record(AuditEvent.allowed(caller, "resource.delete", resource.asTarget()));
    }
}
