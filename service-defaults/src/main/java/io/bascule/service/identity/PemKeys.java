package io.bascule.service.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads Ed25519 keys from PEM files (RFC 7468). */
final class PemKeys {

    private static final String ALGORITHM = "Ed25519";

    private PemKeys() {}

    static PrivateKey readPrivateKey(Path file) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(content(file)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            throw unreadable(file, "an Ed25519 private key, PKCS#8 PEM", failure);
        }
    }

    static PublicKey readPublicKey(Path file) {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(content(file)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
            throw unreadable(file, "an Ed25519 public key, X.509 PEM", failure);
        }
    }

    private static byte[] content(Path file) throws IOException {
        String base64 = Files.readString(file)
                .lines()
                .filter(line -> !line.startsWith("-----"))
                .reduce("", String::concat);
        return Base64.getDecoder().decode(base64.strip());
    }

    private static IllegalStateException unreadable(Path file, String expected, Exception failure) {
        return new IllegalStateException("%s cannot be read (expected: %s)".formatted(file, expected), failure);
    }
}
