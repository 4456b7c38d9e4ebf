package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.interfaces.ECPublicKey;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;

class EndIdentityTests {

    @Test
    void aRequestIsSignedByTheKeyItNames() throws Exception {
        EndIdentity identity = EndIdentity.generate("agent");

        JcaPKCS10CertificationRequest request =
                new JcaPKCS10CertificationRequest(TestAuthority.parse(identity.certificateRequest()));

        assertThat(request.getSubject()).hasToString("CN=agent");
        assertThat(((ECPublicKey) request.getPublicKey()).getParams().getOrder().bitLength())
                .isEqualTo(256);
        assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey())))
                .isTrue();
    }

    @Test
    void everyIdentityHasAKeyOfItsOwnAndTellsItToNobody() {
        EndIdentity identity = EndIdentity.generate("agent");

        assertThat(identity.privateKey())
                .isNotEqualTo(EndIdentity.generate("agent").privateKey());
        assertThat(identity.toString()).doesNotContain("BEGIN");
    }

    @Test
    void credentialsThatCannotBeReadSayWhichPartIsWrong() throws Exception {
        String authorities = new TestAuthority().pem();
        String key = EndIdentity.generate("x").privateKey();

        assertThatThrownBy(() -> EndCredentials.fromPem("garbage", authorities, authorities))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("private key: no \"-----BEGIN PRIVATE KEY-----\" block");
        assertThatThrownBy(() -> EndCredentials.fromPem(
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", authorities, authorities))
                .hasMessageStartingWith("private key: not an elliptic-curve key");
        assertThatThrownBy(() -> EndCredentials.fromPem(key, "", authorities))
                .hasMessageStartingWith("certificate: no certificate in it");
        assertThatThrownBy(() -> EndCredentials.fromPem(key, authorities, "-----BEGIN CERTIFICATE-----\nxx"))
                .hasMessageStartingWith("authorities: not readable");
    }
}
