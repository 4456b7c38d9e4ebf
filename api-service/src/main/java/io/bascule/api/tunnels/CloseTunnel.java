package io.bascule.api.tunnels;

import io.bascule.api.agents.AgentRevoked;
import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.identity.TokenRevoked;
import io.bascule.api.resources.ResourceDeleted;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Asks for the end of tunnels: bridges are told with the answers to their next reports, within a second. */
@Component
class CloseTunnel {

    private final TunnelRecords records;
    private final Revocations revocations;
    private final AuditLog audit;

    CloseTunnel(TunnelRecords records, Revocations revocations, AuditLog audit) {
        this.records = records;
        this.revocations = revocations;
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
        revocations.ofTunnel(id, "closed by " + caller.username());
        audit.record(AuditEvent.allowed(caller, "tunnel.close.request", tunnel.asTarget()));
    }

    @EventListener
    void close(AgentRevoked event) {
        revocations.ofAgent(event.agent(), "the agent was revoked");
    }

    @EventListener
    void close(ResourceDeleted event) {
        revocations.ofResource(event.resource(), "the resource was deleted");
    }

    @EventListener
    void close(TokenRevoked event) {
        revocations.ofToken(event.token(), "the token it was opened with was revoked");
    }
}
