package io.bascule.tunnel.client;

import io.bascule.tunnel.client.proof.Certified;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What an end proves itself with and what it trusts: its private key, the certificates that lead from it to the
 * platform's authority, and the authorities that bridges' certificates must come from.
 */
public record EndCredentials(
        PrivateKey privateKey, List<X509Certificate> certificateChain, List<X509Certificate> authorities)
        implements Certified {

    public EndCredentials {
        certificateChain = List.copyOf(certificateChain);
        authorities = List.copyOf(authorities);
    }

    /** Reads all three from PEM; says which one is wrong if one is. */
    public static EndCredentials fromPem(String privateKey, String certificateChain, String authorities) {
        return new EndCredentials(
                Pem.readPrivateKey(privateKey),
                Pem.readCertificates(certificateChain, "certificate"),
                Pem.readCertificates(authorities, "authorities"));
    }

    /** The end's own certificate in PEM, without those that lead to the authority. */
    public String certificatePem() {
        try {
            return Pem.write("CERTIFICATE", certificateChain.getFirst().getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException("a certificate that was read cannot be written", impossible);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndCredentials["
                + certificateChain.getFirst().getSubjectX500Principal().getName() + "]";
    }
}
