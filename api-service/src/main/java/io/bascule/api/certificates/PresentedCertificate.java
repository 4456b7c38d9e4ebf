package io.bascule.api.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that somebody shows. That it is one of ours is a matter of the record ({@link FindCertificate}), that it
 * is theirs one of a signature.
 */
public record PresentedCertificate(X509Certificate certificate) {

    private static final int MAXIMUM_LENGTH = 32 * 1024;
    private static final String FIELD = "/certificate";

    /** Reads the first certificate of a chain in PEM; refuses with {@code certificate-unreadable}. */
    public static PresentedCertificate parse(String pem) {
        if (pem.length() > MAXIMUM_LENGTH) {
            throw refused("The chain is too long: %d characters (expected: at most %d)"
                    .formatted(pem.length(), MAXIMUM_LENGTH));
        }
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
            if (chain.isEmpty()) {
                throw refused("There is no certificate in it; send the agent's own one in PEM");
            }
            return new PresentedCertificate((X509Certificate) chain.iterator().next());
        } catch (GeneralSecurityException unreadable) {
            ProblemException refusal = refused("It is not readable; send the agent's own certificate in PEM");
            refusal.initCause(unreadable);
            throw refusal;
        }
    }

    /** SHA-256 of the whole certificate. */
    byte[] thumbprint() {
        return Thumbprint.of(certificate);
    }

    /** Whether the holder of the certificate's key signed the text: SHA-256 with ECDSA or RSA, base64. */
    public boolean signed(String text, String signature) {
        PublicKey key = certificate.getPublicKey();
        try {
            Signature verifier =
                    Signature.getInstance("EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA");
            verifier.initVerify(key);
            verifier.update(text.getBytes(UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            return false;
        }
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(
                CertificateProblem.CERTIFICATE_UNREADABLE, detail, List.of(new FieldProblem(FIELD, detail)));
    }
}
