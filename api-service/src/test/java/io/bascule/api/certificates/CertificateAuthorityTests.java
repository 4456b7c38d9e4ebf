package io.bascule.api.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTests {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final UUID ID = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final String CLIENT_USE = "1.3.6.1.5.5.7.3.2";
    private static final String SERVER_USE = "1.3.6.1.5.5.7.3.1";

    private final CertificateAuthority authority = CertificateAuthority.from(CertificateAuthority.make(NOW));
    private final KeyPair key = SigningRequests.keyPair("EC", 256);

    @Test
    void theAuthorityLivesTenYearsAndSignsItself() {
        X509Certificate certificate = authority.certificate();

        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(3650)));
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
    }

    @Test
    void anAgentsCertificateNamesItForThirtyDays() throws GeneralSecurityException {
        X509Certificate certificate = sign(new CertificateSubject.Agent(ID));

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + ID + ",OU=agent");
        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(30)));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(CLIENT_USE);
        assertThat(certificate.getBasicConstraints()).as("not an authority").isEqualTo(-1);
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        certificate.verify(authority.certificate().getPublicKey());
    }

    @Test
    void aClientsCertificateNamesItsTunnelForLongerThanAnyStandbyTicketIsGood() throws GeneralSecurityException {
        X509Certificate certificate = sign(new CertificateSubject.Client(ID));

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + ID + ",OU=client");
        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofHours(25)));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(CLIENT_USE);
    }

    @Test
    void aBridgesCertificateCarriesItsAuthority() throws GeneralSecurityException {
        X509Certificate certificate = sign(new CertificateSubject.Bridge("bridge-0", "0.bridge.example.org"));

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=bridge-0,OU=bridge");
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "0.bridge.example.org"));
        assertThat(certificate.getExtendedKeyUsage()).containsExactly(SERVER_USE);
    }

    @Test
    void aCertificateDoesNotOutliveItsAuthority() {
        Instant late = NOW.plus(Duration.ofDays(3649));

        X509Certificate certificate = authority.sign(key.getPublic(), new CertificateSubject.Agent(ID), late);

        assertThat(certificate.getNotAfter()).isEqualTo(authority.certificate().getNotAfter());
    }

    @Test
    void theTextFormHoldsEveryCertificateInOrder() throws GeneralSecurityException {
        X509Certificate leaf = sign(new CertificateSubject.Agent(ID));

        String chain = Pem.of(List.of(leaf, authority.certificate()));

        assertThat(List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(chain.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))))
                .isEqualTo(Arrays.asList(leaf, authority.certificate()));
    }

    private X509Certificate sign(CertificateSubject subject) {
        return authority.sign(key.getPublic(), subject, NOW);
    }
}
