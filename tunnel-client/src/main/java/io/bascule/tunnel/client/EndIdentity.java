package io.bascule.tunnel.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * A key pair made where it is used (ECDSA, P-256) and the request to certify it. What the platform answers makes it
 * {@link EndCredentials}.
 *
 * @param privateKey PKCS#8 in PEM, unencrypted; whoever stores it makes it readable by its owner only
 * @param certificateRequest PKCS#10 in PEM
 */
public record EndIdentity(String privateKey, String certificateRequest) {

    /**
     * Makes a new key pair.
     *
     * @param commonName what the request asks to be named; the platform decides what the certificate says
     */
    public static EndIdentity generate(String commonName) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name subject =
                    new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
            byte[] request = new JcaPKCS10CertificationRequestBuilder(subject, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            return new EndIdentity(
                    Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    Pem.write("CERTIFICATE REQUEST", request));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("this Java runtime cannot make an ECDSA P-256 key", e);
        }
    }

    /** What this identity becomes with the certificate that the platform issued for it. */
    public EndCredentials certified(String certificateChain, String authorities) {
        return EndCredentials.fromPem(privateKey, certificateChain, authorities);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "EndIdentity[private key not shown]";
    }
}
