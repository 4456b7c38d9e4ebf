package io.bascule.api.bridges;

import io.bascule.api.audit.AuditEvent;
import io.bascule.api.audit.AuditEvent.Outcome;
import io.bascule.api.audit.AuditEvent.Target;
import io.bascule.api.audit.AuditLog;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.api.certificates.CertificateRequest;
import io.bascule.api.certificates.CertificateSubject;
import io.bascule.api.certificates.IssueCertificate;
import io.bascule.api.certificates.IssuedCertificate;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Gives a bridge its certificate. */
@Component
class CertifyBridge {

    private final IssueCertificate certificates;
    private final AuditLog audit;

    CertifyBridge(IssueCertificate certificates, AuditLog audit) {
        this.certificates = certificates;
        this.audit = audit;
    }

    @Transactional
    IssuedCertificate certify(String id, String authority, CertificateRequest request, RequestOrigin origin) {
        IssuedCertificate certificate = certificates.issue(request, new CertificateSubject.Bridge(id, authority));
        audit.record(new AuditEvent(
                null,
                Bridge.actor(id),
                origin,
                "bridge.certify",
                new Target("bridge", id, id),
                Outcome.ALLOWED,
                Map.of("authority", authority, "thumbprint", certificate.thumbprint())));
        return certificate;
    }
}
