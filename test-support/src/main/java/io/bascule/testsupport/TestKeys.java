package io.bascule.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Keys that are good for one test run. */
public final class TestKeys {

    private TestKeys() {}

    /** A new Ed25519 private key as a PKCS#8 PEM file, such as a service signs its tokens with. */
    public static Path newPrivateKeyFile() {
        try {
            byte[] key = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            Path file = Files.createTempFile("service", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(Base64.getEncoder().encodeToString(key)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
