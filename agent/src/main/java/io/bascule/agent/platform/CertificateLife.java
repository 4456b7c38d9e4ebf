package io.bascule.agent.platform;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** From when until when a certificate is good. */
record CertificateLife(Instant from, Instant until) {

    static CertificateLife of(X509Certificate certificate) {
        return new CertificateLife(
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** When half of it is over, which leaves the other half for an API that is away. */
    Instant half() {
        return from.plus(Duration.between(from, until).dividedBy(2));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    Duration left(Instant now) {
        return Duration.between(now, until);
    }
}
