package io.bascule.api.agents;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Actor;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.CertificateSubject;
import io.bascule.api.certificates.FindCertificate;
import io.bascule.api.certificates.IssueCertificate;
import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.api.certificates.PresentedCertificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Exchanges a certificate that an agent still has for a new one, for a new key. The new one names the agent that the old
 * one names, whatever the request says. The verdict, signing and the audit event are one transaction, in which the agent
 * cannot be revoked.
 *
 * <p>A request that somebody else saw is of no use to him: it brings a certificate for a key that he has not.
 */
@Component
class RenewAgent {

    private static final Actor NOBODY = new Actor(Actor.Kind.ANONYMOUS, "", "");

    private final FindCertificate certificates;
    private final AgentRepository agents;
    private final IssueCertificate issueCertificate;
    private final AuditLog audit;
    private final InstantSource clock;

    RenewAgent(
            FindCertificate certificates,
            AgentRepository agents,
            IssueCertificate issueCertificate,
            AuditLog audit,
            InstantSource clock) {
        this.certificates = certificates;
        this.agents = agents;
        this.issueCertificate = issueCertificate;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Renewal renew(RenewalRequest request, RequestOrigin origin) {
        CertificateRequest next = CertificateRequest.parse(request.certificateSigningRequest());
        PresentedCertificate presented = PresentedCertificate.parse(request.certificate());
        Optional<FindCertificate.Issued> known = certificates.ofAgent(presented);
        Optional<Agent> agent = known.flatMap(issued -> agents.hold(issued.agent()));
        if (known.isEmpty() || agent.isEmpty()) {
            return refused(AgentProblem.AGENT_CERTIFICATE_UNKNOWN, null, origin);
        }
        if (!presented.signed(request.signedText(), request.signature())) {
            return refused(AgentProblem.AGENT_CERTIFICATE_NOT_HELD, agent.get(), origin);
        }
        if (known.get().revoked() || agent.get().revoked()) {
            return refused(AgentProblem.AGENT_CERTIFICATE_REVOKED, agent.get(), origin);
        }
        if (!clock.instant().isBefore(known.get().expiresAt())) {
            return refused(AgentProblem.AGENT_CERTIFICATE_EXPIRED, agent.get(), origin);
        }
        return renewed(agent.get(), next, request.version(), origin);
    }

    private Renewal renewed(Agent agent, CertificateRequest request, String version, RequestOrigin origin) {
        IssuedCertificate issued = issueCertificate.issue(request, new CertificateSubject.Agent(agent.id()));
        audit.record(new AuditEvent(
                agent.workspace(),
                new Actor(Actor.Kind.AGENT, agent.id().toString(), agent.name()),
                origin,
                "agent.renew",
                agent.asTarget(),
                Outcome.ALLOWED,
                Map.of("version", version, "thumbprint", issued.thumbprint())));
        return new Renewal.Renewed(issued);
    }

    private Renewal refused(AgentProblem problem, @Nullable Agent agent, RequestOrigin origin) {
        audit.record(new AuditEvent(
                agent == null ? null : agent.workspace(),
                NOBODY,
                origin,
                "agent.renew.refuse",
                agent == null ? new Target("agent", "", "") : agent.asTarget(),
                Outcome.DENIED,
                Map.of("reason", problem.code())));
        return new Renewal.Refused(problem);
    }
}
