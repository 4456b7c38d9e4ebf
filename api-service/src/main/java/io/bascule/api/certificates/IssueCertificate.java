package io.bascule.api.certificates;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Signs a certificate and records it, in the caller's transaction when there is one. */
@Component
public class IssueCertificate {

    private final Authorities authorities;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    IssueCertificate(Authorities authorities, JdbcClient jdbc, InstantSource clock) {
        this.authorities = authorities;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional
    public IssuedCertificate issue(CertificateRequest request, CertificateSubject subject) {
        AuthoritiesInForce inForce = authorities.inForce();
        CertificateAuthority authority = inForce.signing().signer();
        X509Certificate certificate = authority.sign(request.key(), subject, clock.instant());
        byte[] thumbprint = Thumbprint.of(certificate);
        record(certificate, subject, thumbprint);
        return new IssuedCertificate(
                Pem.of(List.of(certificate, authority.certificate())),
                Pem.of(inForce.certificates()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint));
    }

    private void record(X509Certificate certificate, CertificateSubject subject, byte[] thumbprint) {
        jdbc.sql("""
                        insert into certificates (serial, kind, subject, thumbprint, not_before, not_after)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        certificate.getSerialNumber(),
                        subject.kind(),
                        subject.name(),
                        thumbprint,
                        timestamp(certificate.getNotBefore()),
                        timestamp(certificate.getNotAfter()))
                .update();
    }

    private static OffsetDateTime timestamp(Date date) {
        return date.toInstant().atOffset(ZoneOffset.UTC);
    }
}
