package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.certificates.RevokeCertificates;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes an agent's rights away for good: its certificates, its unused join tokens and its tunnels. */
@Component
class RevokeAgent {

    private final FindAgent agents;
    private final RevokeCertificates certificates;
    private final ApplicationEventPublisher events;
    private final AuditLog audit;
    private final InstantSource clock;

    RevokeAgent(
            FindAgent agents,
            RevokeCertificates certificates,
            ApplicationEventPublisher events,
            AuditLog audit,
            InstantSource clock) {
        this.agents = agents;
        this.certificates = certificates;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Revoking an agent twice changes nothing. */
    @Transactional
    void revoke(Caller caller, String idOrName) {
        caller.require(Role.ADMIN);
        Agent agent = agents.require(caller.workspace(), idOrName);
        if (agent.revoked()) {
            return;
        }
        agent.revoke(clock.instant());
        certificates.ofAgent(agent.id());
        events.publishEvent(new AgentRevoked(agent.id()));
        audit.record(AuditEvent.allowed(caller, "agent.revoke", agent.asTarget()));
    }
}
