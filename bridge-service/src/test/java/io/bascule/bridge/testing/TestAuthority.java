package io.bascule.bridge.testing;

import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** A certificate authority like the platform's, for tests. */
public final class TestAuthority {

    private final KeyPair key = newKey();
    private final X509Certificate certificate;

    public TestAuthority() {
        this.certificate = sign(new X500Name("CN=Test authority"), key.getPublic(), null, Duration.ofDays(1));
    }

    /** What somebody who dials a bridge has. */
    public record Identity(KeyPair key, X509Certificate certificate) {

        public String thumbprint() {
            return OtherEnd.thumbprint(certificate);
        }
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public Identity agent(UUID id) {
        return identity("OU=agent,CN=" + id);
    }

    /** An agent whose certificate is good for so long from now on. */
    public Identity agent(UUID id, Duration life) {
        return identity("OU=agent,CN=" + id, life);
    }

    public Identity client(UUID session) {
        return identity("OU=client,CN=" + session);
    }

    public Identity identity(String subject) {
        return identity(subject, Duration.ofHours(1));
    }

    private Identity identity(String subject, Duration life) {
        KeyPair own = newKey();
        return new Identity(own, sign(new X500Name(subject), own.getPublic(), null, life));
    }

    /** Signs a bridge's request. */
    public X509Certificate bridge(String request, String bridge, String authority, Duration life) {
        try (PEMParser parser = new PEMParser(new StringReader(request))) {
            var parsed = new JcaPKCS10CertificationRequest(
                    (org.bouncycastle.pkcs.PKCS10CertificationRequest) parser.readObject());
            return sign(new X500Name("OU=bridge,CN=" + bridge), parsed.getPublicKey(), authority, life);
        } catch (IOException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    public static String pem(Object object) {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(object);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return pem.toString();
    }

    private X509Certificate sign(X500Name subject, PublicKey subjectKey, @Nullable String dnsName, Duration life) {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=Test authority"),
                new BigInteger(100, new SecureRandom()),
                Date.from(now.minusSeconds(60)),
                Date.from(now.plus(life)),
                subject,
                subjectKey);
        try {
            if (dnsName != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
            }
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(subjectKey.equals(key.getPublic())));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
