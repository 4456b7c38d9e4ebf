package io.bascule.api.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must not lie plain in the database: AES-256-GCM with a random nonce in front and the row's id as
 * additional data, so that a ciphertext cannot be moved to another row. Safe for use by many threads.
 */
final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private MasterKey(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Reads the key from where the properties say; refuses with one line that names the remedy. */
    static MasterKey from(SecretsProperties properties) {
        if (properties.masterKeyFile() != null) {
            return decode(
                    read(properties.masterKeyFile()), properties.masterKeyFile().toString());
        }
        if (properties.masterKey() != null) {
            return decode(properties.masterKey(), "bascule.secrets.master-key");
        }
        throw new UnusableMasterKeyException(
                "No master key: set bascule.secrets.master-key-file to a file that holds 32 random bytes in base64"
                        + " (for example from `openssl rand -base64 32`)");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableMasterKeyException(
                    "The master key cannot be read from %s (bascule.secrets.master-key-file): %s".formatted(file, e),
                    e);
        }
    }

    private static MasterKey decode(String text, String source) {
        try {
            byte[] key = Base64.getDecoder().decode(text.strip());
            if (key.length != KEY_BYTES) {
                throw new UnusableMasterKeyException("The master key in %s has %d bytes (expected: %d, in base64)"
                        .formatted(source, key.length, KEY_BYTES));
            }
            return new MasterKey(key);
        } catch (IllegalArgumentException e) {
            throw new UnusableMasterKeyException(
                    "The master key in %s is not base64 (expected: %d bytes in base64)".formatted(source, KEY_BYTES),
                    e);
        }
    }

    byte[] seal(byte[] plain, UUID row) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, row).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    byte[] open(byte[] sealed, UUID row) {
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(nonce);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, row).doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new UnusableMasterKeyException(
                    "The master key does not open the keys in the database: it is not the one they were made with."
                            + " Give the earlier one in bascule.secrets.master-key-file",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not available", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, UUID row) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES * 2)
                .putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .flip());
        return cipher;
    }
}
