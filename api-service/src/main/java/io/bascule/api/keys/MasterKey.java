package io.bascule.api.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals what must not lie plain in the database, bound to its row, so that a ciphertext cannot be moved to another one. While
 * the operator changes the key there are two: one seals, both open. Safe for use by many threads.
 */
final class MasterKey {

    private static final int ID_BYTES = 8;

    private final SealingKey key;
    private final @Nullable SealingKey other;
    private final String id;

    private MasterKey(SealingKey key, @Nullable SealingKey other) {
        this.key = key;
        this.other = other;
        this.id = id(key);
    }

    /** Reads the keys from where the properties say; refuses with one line that names the remedy. */
    static MasterKey from(SecretsProperties properties) {
        SealingKey key = read("master-key", properties.masterKeyFile(), properties.masterKey())
                .orElseThrow(() -> new UnusableMasterKeyException(
                        "No master key: set bascule.secrets.master-key-file to a file that holds 32 random bytes in"
                                + " base64 (for example from `openssl rand -base64 32`)"));
        return new MasterKey(
                key,
                read("other-master-key", properties.otherMasterKeyFile(), properties.otherMasterKey())
                        .orElse(null));
    }

    private static Optional<SealingKey> read(String property, @Nullable Path file, @Nullable String text) {
        if (file != null) {
            return Optional.of(decode(read(property, file), file.toString()));
        }
        return Optional.ofNullable(text).map(given -> decode(given, "bascule.secrets." + property));
    }

    private static String read(String property, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableMasterKeyException(
                    "The master key cannot be read from %s (bascule.secrets.%s-file): %s".formatted(file, property, e),
                    e);
        }
    }

    private static SealingKey decode(String text, String source) {
        byte[] key = decodeBase64(text, source);
        if (key.length != SealingKey.BYTES) {
            throw new UnusableMasterKeyException("The master key in %s has %d bytes (expected: %d, in base64)"
                    .formatted(source, key.length, SealingKey.BYTES));
        }
        return SealingKey.of(key);
    }

    private static byte[] decodeBase64(String text, String source) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new UnusableMasterKeyException(
                    "The master key in %s is not base64 (expected: %d bytes in base64)"
                            .formatted(source, SealingKey.BYTES),
                    e);
        }
    }

    /** Says nothing about the key but which one it is. */
    private static String id(SealingKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.bytes(), "HmacSHA256"));
            byte[] digest = mac.doFinal("bascule master key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("HMAC-SHA256 is not available", e);
        }
    }

    /** Of the key that seals; noted beside what it sealed. */
    String id() {
        return id;
    }

    /** Whether there is a second key that only opens. */
    boolean isChanging() {
        return other != null;
    }

    byte[] seal(byte[] plain, UUID row) {
        return seal(plain, SealingKey.place(row));
    }

    byte[] seal(byte[] plain, byte[] place) {
        return key.seal(plain, place);
    }

    byte[] open(byte[] sealed, UUID row) {
        return open(sealed, SealingKey.place(row));
    }

    byte[] open(byte[] sealed, byte[] place) {
        return key.open(sealed, place)
                .or(() -> Optional.ofNullable(other).flatMap(second -> second.open(sealed, place)))
                .orElseThrow(() -> new UnusableMasterKeyException(
                        "The master key does not open the keys in the database: it is not the one they were made with."
                                + " Give the earlier one in bascule.secrets.other-master-key-file"));
    }
}
