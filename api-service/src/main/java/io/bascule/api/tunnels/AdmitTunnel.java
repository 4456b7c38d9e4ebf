package io.bascule.api.tunnels;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.Caller;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.CertificateSubject;
import io.bascule.api.certificates.IssueCertificate;
import io.bascule.api.certificates.IssuedCertificate;
import io.bascule.api.tunnels.OpenDecision.Refused;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes a decision down before anything comes of it. */
@Component
class AdmitTunnel {

    private final TunnelRecords records;
    private final TunnelEvents events;
    private final IssueCertificate certificates;
    private final AuditLog audit;

    AdmitTunnel(TunnelRecords records, TunnelEvents events, IssueCertificate certificates, AuditLog audit) {
        this.records = records;
        this.events = events;
        this.certificates = certificates;
        this.audit = audit;
    }

    /** The tunnel, its certificate, the audit event and what others are told, all or none. */
    @Transactional
    IssuedCertificate admit(Caller caller, Tunnel tunnel, CertificateRequest request) {
        IssuedCertificate certificate = certificates.issue(request, new CertificateSubject.Client(tunnel.id()));
        records.add(tunnel, caller.token());
        events.opened(tunnel.id());
        Map<String, String> details = new HashMap<>();
        details.put("resource", tunnel.resource().id().toString());
        details.put("agent", tunnel.agent().name());
        details.put("bridge", tunnel.bridge());
        details.put("thumbprint", certificate.thumbprint());
        if (tunnel.task() != null) {
            details.put("task", tunnel.task().toString());
        }
        audit.record(
                AuditEvent.allowed(caller, "tunnel.open", tunnel.asTarget()).with(details));
        return certificate;
    }

    @Transactional
    void refuse(Caller caller, Refused refused) {
        AuditEvent event = AuditEvent.denied(caller, "tunnel.refuse", refused.target());
        audit.record(new AuditEvent(
                event.workspace(),
                event.actor(),
                event.origin(),
                event.action(),
                event.target(),
                refused.outcome(),
                Map.of("reason", refused.problem().problem().code())));
    }
}
