package io.bascule.tunnel.client.proof;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;

/** Whom an end expects at the other side of its tunnel, as the API told it. */
public sealed interface OtherEnd {

    /** Any instance of an agent, by its id. */
    record Agent(UUID id) implements OtherEnd {}

    /**
     * The holder of the certificate that was issued for this tunnel.
     *
     * @param thumbprint its SHA-256 in base64url, as in tickets
     */
    record Client(String thumbprint) implements OtherEnd {}

    /** A certificate's SHA-256 in base64url. */
    static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
