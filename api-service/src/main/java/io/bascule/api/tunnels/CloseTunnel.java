package io.bascule.api.tunnels;

import io.bascule.api.agents.AgentRevoked;
import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.resources.ResourceDeleted;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for the end of tunnels: the bridge that carries one is told with the answer to its next report. */
@Component
class CloseTunnel {

    private final TunnelRecords records;
    private final AuditLog audit;

    CloseTunnel(TunnelRecords records, AuditLog audit) {
        this.records = records;
        this.audit = audit;
    }

    /** Operators close their own tunnels, administrators any. */
    @Transactional
    void close(Caller caller, UUID id) {
        caller.require(Role.OPERATOR);
        Tunnel tunnel = records.findOpen(List.of(id)).stream()
                .filter(open -> open.workspace().equals(caller.workspace()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        TunnelProblem.TUNNEL_NOT_FOUND, "No tunnel of this workspace with this id is open"));
        if (!tunnel.user().id().equals(caller.user())) {
            caller.require(Role.ADMIN);
        }
        records.requestClose(id, "closed by " + caller.username());
        audit.record(AuditEvent.allowed(caller, "tunnel.close.request", tunnel.asTarget()));
    }

    @EventListener
    void close(AgentRevoked event) {
        records.requestCloseOfAgent(event.agent(), "the agent was revoked");
    }

    @EventListener
    void close(ResourceDeleted event) {
        records.requestCloseOfResource(event.resource(), "the resource was deleted");
    }
}
