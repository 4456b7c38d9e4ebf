package io.bascule.tunnel.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Keys and certificates as text (RFC 7468). */
final class Pem {

    private static final String KEY_TYPE = "PRIVATE KEY";

    private Pem() {}

    static String write(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    static PrivateKey readPrivateKey(String pem) {
        String begin = "-----BEGIN " + KEY_TYPE + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + KEY_TYPE + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("private key: no \"" + begin + "\" block (expected: PKCS#8 in PEM)");
        }
        try {
            byte[] content = Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("private key: not an elliptic-curve key in PKCS#8", e);
        }
    }

    static List<X509Certificate> readCertificates(String pem, String what) {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                    .stream()
                    .map(Pem::x509)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(what + ": no certificate in it (expected: PEM)");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(what + ": not readable as PEM certificates", e);
        }
    }

    private static X509Certificate x509(Certificate certificate) {
        return (X509Certificate) certificate;
    }
}
