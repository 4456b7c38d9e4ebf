package io.bascule.api.certificates;

import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/**
 * The key of a PKCS#10 request whose sender proved to hold the private half.
 *
 * @param key an elliptic curve key of 256 bits or more, or RSA of 2048 to 4096 bits
 */
public record CertificateRequest(PublicKey key) {

    private static final int MAXIMUM_LENGTH = 16 * 1024;
    private static final String FIELD = "/certificateSigningRequest";

    /** Reads and checks a request in PEM; refuses with {@code certificate-request-invalid}. */
    public static CertificateRequest parse(String pem) {
        PublicKey key = verified(read(pem));
        boolean strong = switch (key) {
            case ECPublicKey curve -> curve.getParams().getOrder().bitLength() >= 256;
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= 2048 && rsa.getModulus().bitLength() <= 4096;
            default -> false;
        };
        if (!strong) {
            throw refused("The key is too weak or of a kind that is not taken; make an ECDSA P-256 key");
        }
        return new CertificateRequest(key);
    }

    private static JcaPKCS10CertificationRequest read(String pem) {
        if (pem.length() > MAXIMUM_LENGTH) {
            throw refused("The request is too long: %d characters (expected: at most %d)"
                    .formatted(pem.length(), MAXIMUM_LENGTH));
        }
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PKCS10CertificationRequest request) {
                return new JcaPKCS10CertificationRequest(request);
            }
        } catch (IOException | RuntimeException e) {
            throw refused("The request is not readable; send PKCS#10 in PEM", e);
        }
        throw refused("This is not a certificate request; send PKCS#10 in PEM (BEGIN CERTIFICATE REQUEST)");
    }

    private static PublicKey verified(JcaPKCS10CertificationRequest request) {
        try {
            PublicKey key = request.getPublicKey();
            if (request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                return key;
            }
        } catch (java.security.GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException e) {
            throw refused("The request's key or signature is not readable", e);
        }
        throw refused("The request's signature does not match its key: sign it with the private half of that key");
    }

    private static ProblemException refused(String detail) {
        return new ProblemException(
                CertificateProblem.CERTIFICATE_REQUEST_INVALID, detail, List.of(new FieldProblem(FIELD, detail)));
    }

    private static ProblemException refused(String detail, Exception cause) {
        ProblemException refusal = refused(detail);
        refusal.initCause(cause);
        return refusal;
    }
}
