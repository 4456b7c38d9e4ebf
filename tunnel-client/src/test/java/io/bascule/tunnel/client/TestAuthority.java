package io.bascule.tunnel.client;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** A certificate authority as the platform has one. */
public final class TestAuthority {

    private static final X500Name NAME = new X500Name("CN=Test authority");
    private static final Duration HOUR = Duration.ofHours(1);

    private final KeyPair keys;
    private final X509Certificate certificate;

    public TestAuthority() throws Exception {
        keys = newKeys();
        certificate = issue(NAME, keys.getPublic(), null, true);
    }

    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** Credentials of an end, by way of its request as in production. */
    public EndCredentials credentials(String commonName, String unit) throws Exception {
        EndIdentity identity = EndIdentity.generate(commonName);
        PublicKey key = new JcaPKCS10CertificationRequest(parse(identity.certificateRequest())).getPublicKey();
        X509Certificate issued = issue(new X500Name("CN=" + commonName + ",OU=" + unit), key, null, false);
        return identity.certified(Pem.write("CERTIFICATE", issued.getEncoded()), pem());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    String pem() throws GeneralSecurityException {
        return Pem.write("CERTIFICATE", certificate.getEncoded());
    }

    X509Certificate bridgeCertificate(String authority, PublicKey key) throws Exception {
        return issue(new X500Name("CN=" + authority + ",OU=bridge"), key, authority, false);
    }

    static PKCS10CertificationRequest parse(String pem) throws IOException {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            return (PKCS10CertificationRequest) parser.readObject();
        }
    }

    private X509Certificate issue(X500Name subject, PublicKey key, @Nullable String dnsName, boolean authority)
            throws GeneralSecurityException, IOException, OperatorException {
        PrivateKey signer = keys.getPrivate();
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                NAME,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(now.minus(HOUR)),
                Date.from(now.plus(HOUR)),
                subject,
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (dnsName != null) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
    }
}
