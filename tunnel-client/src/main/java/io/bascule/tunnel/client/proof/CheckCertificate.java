package io.bascule.tunnel.client.proof;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whether a certificate is that of the end that is expected. */
final class CheckCertificate {

    private static final TrustedChains CHAINS = new TrustedChains(InstantSource.system());

    private CheckCertificate() {}

    /** Reads a chain, the end's own certificate first, and checks it; returns that one. */
    static X509Certificate check(byte[] chain, OtherEnd expected, List<X509Certificate> authorities)
            throws NotProvedException {
        return check(read(chain), expected, authorities);
    }

    /** Checks a chain, the end's own certificate first; returns that one. */
    static X509Certificate check(
            List<X509Certificate> certificates, OtherEnd expected, List<X509Certificate> authorities)
            throws NotProvedException {
        X509Certificate own = certificates.getFirst();
        switch (expected) {
            case OtherEnd.Client(String thumbprint) -> {
                if (!OtherEnd.thumbprint(own).equals(thumbprint)) {
                    throw new NotProvedException("its certificate is not the one that the ticket names");
                }
            }
            case OtherEnd.Agent(UUID id) -> {
                requireTrusted(certificates, authorities);
                requireAgent(own, id);
            }
        }
        return own;
    }

    private static List<X509Certificate> read(byte[] chain) throws NotProvedException {
        try {
            // One by one: asked for all of them, the JDK first takes them for PKCS#7, and fails with three exceptions.
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            ByteArrayInputStream left = new ByteArrayInputStream(chain);
            List<X509Certificate> certificates = new ArrayList<>();
            while (left.available() > 0) {
                certificates.add((X509Certificate) factory.generateCertificate(left));
            }
            if (certificates.isEmpty()) {
                throw new NotProvedException("it shows no certificate");
            }
            return certificates;
        } catch (GeneralSecurityException unreadable) {
            throw new NotProvedException("its certificate cannot be read", unreadable);
        }
    }

    private static void requireTrusted(List<X509Certificate> certificates, List<X509Certificate> authorities)
            throws NotProvedException {
        try {
            CHAINS.require(certificates, authorities);
        } catch (GeneralSecurityException untrusted) {
            throw new NotProvedException("its certificate is not of this platform", untrusted);
        }
    }

    private static void requireAgent(X509Certificate certificate, UUID id) throws NotProvedException {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            List<Rdn> parts = new LdapName(subject).getRdns();
            if (!has(parts, "OU", "agent") || !has(parts, "CN", id.toString())) {
                throw new NotProvedException("its certificate is of %s (expected: agent %s)".formatted(subject, id));
            }
        } catch (InvalidNameException unreadable) {
            throw new NotProvedException("its certificate's subject cannot be read", unreadable);
        }
    }

    private static boolean has(List<Rdn> parts, String type, String value) {
        return parts.stream()
                .filter(part -> part.getType().equalsIgnoreCase(type))
                .map(part -> part.getValue().toString().toLowerCase(Locale.ROOT))
                .toList()
                .equals(List.of(value));
    }
}
