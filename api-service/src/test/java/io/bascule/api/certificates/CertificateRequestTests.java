package io.bascule.api.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.service.problem.ProblemException;
import java.security.KeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateRequestTests {

    @Test
    void theKeyOfASignedRequestIsTaken() {
        KeyPair pair = SigningRequests.keyPair("EC", 256);

        assertThat(CertificateRequest.parse(SigningRequests.of(pair, "SHA256withECDSA"))
                        .key())
                .isEqualTo(pair.getPublic());
    }

    @Test
    void anRsaKeyOf2048BitsIsTaken() {
        KeyPair pair = SigningRequests.keyPair("RSA", 2048);

        assertThat(CertificateRequest.parse(SigningRequests.of(pair, "SHA256withRSA"))
                        .key())
                .isEqualTo(pair.getPublic());
    }

    @Test
    void aRequestForSomebodyElsesKeyIsRefused() {
        String request = SigningRequests.signedBy(
                SigningRequests.keyPair("EC", 256), SigningRequests.keyPair("EC", 256), "SHA256withECDSA");

        assertRefused(request, "does not match its key");
    }

    @Test
    void aShortRsaKeyIsRefused() {
        assertRefused(SigningRequests.of(SigningRequests.keyPair("RSA", 1024), "SHA256withRSA"), "too weak");
    }

    @Test
    void aKindOfKeyThatTlsDoesNotCarryIsRefused() {
        assertRefused(SigningRequests.of(SigningRequests.keyPair("DSA", 2048), "SHA256withDSA"), "of a kind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
                "-----BEGIN CERTIFICATE REQUEST-----\n",
                """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                -----END PUBLIC KEY-----
                """
            })
    void whatIsNoRequestIsRefused(String text) {
        assertRefused(text, "PKCS#10");
    }

    @Test
    void aRequestOfAbsurdLengthIsRefusedUnread() {
        assertRefused("-----BEGIN CERTIFICATE REQUEST-----\n" + "A".repeat(20_000), "too long");
    }

    @Test
    void aTruncatedRequestIsRefused() {
        String request = SigningRequests.valid();
        String body = request.lines().limit(3).reduce("", (all, line) -> all + line + "\n");

        assertRefused(body + "-----END CERTIFICATE REQUEST-----\n", "");
    }

    private static void assertRefused(String request, String reason) {
        assertThatThrownBy(() -> CertificateRequest.parse(request))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem()).isEqualTo(CertificateProblem.CERTIFICATE_REQUEST_INVALID);
                    assertThat(refusal.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.pointer()).isEqualTo("/certificateSigningRequest"));
                })
                .hasMessageContaining(reason);
    }
}
