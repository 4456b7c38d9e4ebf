package io.bascule.bridge.certificate;

import io.bascule.tunnel.client.EndCredentials;
import io.bascule.tunnel.client.EndIdentity;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.AdvancedTlsX509TrustManager.Verification;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate with which this bridge shows itself, and the authorities whose agents and clients it believes. New
 * connections use what {@link #renew} last brought. Safe for use by many threads.
 */
public final class BridgeCertificate {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeCertificate.class);

    private final String bridge;
    private final CertificateAuthority authority;
    private final InstantSource clock;
    private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager trust;
    private volatile Instant renewAt = Instant.MIN;

    BridgeCertificate(String bridge, CertificateAuthority authority, InstantSource clock) {
        this.bridge = bridge;
        this.authority = authority;
        this.clock = clock;
        try {
            this.trust = AdvancedTlsX509TrustManager.newBuilder()
                    .setVerification(Verification.CERTIFICATE_ONLY_VERIFICATION)
                    .build();
        } catch (CertificateException impossible) {
            throw new IllegalStateException("this JDK verifies no certificates", impossible);
        }
    }

    /** Shows the certificate; fails handshakes while there is none. */
    public X509ExtendedKeyManager keys() {
        return keys;
    }

    /** Believes the platform's authorities; nobody while they are not known. */
    public X509ExtendedTrustManager trust() {
        return trust;
    }

    /** Whether it is time for {@link #renew}: there is no certificate, or two thirds of its life are over. */
    boolean isDue() {
        return !clock.instant().isBefore(renewAt);
    }

    /** Gets a certificate for a new key. */
    void renew() throws NotIssuedException {
        EndIdentity key = EndIdentity.generate(bridge);
        CertificateAuthority.Issued issued = authority.issue(key.certificateRequest());
        try {
            EndCredentials credentials = key.certified(issued.certificate(), issued.authorities());
            X509Certificate own = credentials.certificateChain().getFirst();
            trust.updateTrustCredentials(credentials.authorities().toArray(X509Certificate[]::new));
            keys.updateIdentityCredentials(
                    credentials.certificateChain().toArray(X509Certificate[]::new), credentials.privateKey());
            renewAt = atTwoThirds(own);
            LOG.info(
                    "certificate: valid until {}, to be renewed at {}",
                    own.getNotAfter().toInstant(),
                    renewAt);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new NotIssuedException("the API's answer holds no usable certificate", unusable);
        }
    }

    private static Instant atTwoThirds(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration life = Duration.between(from, certificate.getNotAfter().toInstant());
        return from.plus(life.multipliedBy(2).dividedBy(3));
    }
}
