package io.bascule.api.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Certificate requests as the ends send them, good and bad. */
public final class SigningRequests {

    private SigningRequests() {}

    /** A request for a fresh P-256 key, with a subject that nobody may get. */
    public static String valid() {
        return of(keyPair("EC", 256), "SHA256withECDSA");
    }

    public static String of(KeyPair pair, String algorithm) {
        return signedBy(pair, pair, algorithm);
    }

    /** A request for one key, signed with another: its sender does not hold the key it asks for. */
    public static String signedBy(KeyPair asked, KeyPair signer, String algorithm) {
        try {
            PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                            new X500Principal("CN=bridge-0,OU=bridge"), asked.getPublic())
                    .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()));
            StringWriter text = new StringWriter();
            try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
                pem.writeObject(request);
            }
            return text.toString();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KeyPair keyPair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
