package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.CertificateSubject;
import io.bascule.api.certificates.IssueCertificate;
import io.bascule.api.certificates.IssuedCertificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Exchanges a join token for a certificate, once: using it up, signing and the audit event are one transaction. */
@Component
class JoinAgent {

    private final JoinTokens tokens;
    private final AgentRepository agents;
    private final IssueCertificate certificates;
    private final AuditLog audit;
    private final InstantSource clock;

    JoinAgent(
            JoinTokens tokens,
            AgentRepository agents,
            IssueCertificate certificates,
            AuditLog audit,
            InstantSource clock) {
        this.tokens = tokens;
        this.agents = agents;
        this.certificates = certificates;
        this.audit = audit;
        this.clock = clock;
    }

    /** Empty when the token is not good (any more). */
    @Transactional
    Optional<Joined> join(JoinToken token, CertificateRequest request, String version, RequestOrigin origin) {
        Instant now = clock.instant();
        return tokens.redeem(token, now).map(id -> {
            Agent agent = agents.findById(id).orElseThrow();
            agent.join(now);
            IssuedCertificate certificate = certificates.issue(request, new CertificateSubject.Agent(id));
            audit.record(joined(agent, origin, Map.of("version", version, "thumbprint", certificate.thumbprint())));
            return new Joined(id, agent.name(), agents.workspaceName(agent.workspace()), certificate);
        });
    }

    private static AuditEvent joined(Agent agent, RequestOrigin origin, Map<String, String> details) {
        Actor actor = new Actor(Actor.Kind.AGENT, agent.id().toString(), agent.name());
        return new AuditEvent(
                agent.workspace(), actor, origin, "agent.join", agent.asTarget(), Outcome.ALLOWED, details);
    }

    /** An agent with its certificate. */
    record Joined(UUID id, String name, String workspace, IssuedCertificate certificate) {}
}
