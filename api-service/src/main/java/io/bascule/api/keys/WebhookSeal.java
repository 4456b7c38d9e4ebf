package io.bascule.api.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals the secrets of webhooks, each bound to its webhook's id, and those of callbacks, each bound to its workspace's id, under a
 * key derived from a platform key: whoever reads the database without the master key learns none of them. Safe for use by many threads.
 */
public final class WebhookSeal {

    private static final byte[] PURPOSE = "bascule webhook secrets".getBytes(StandardCharsets.UTF_8);

    private final SealingKey key;

    public WebhookSeal(PrivateKey platformKey) {
        try {
            var derivation = HKDFParameterSpec.ofExtract()
                    .addIKM(platformKey.getEncoded())
                    .thenExpand(PURPOSE, SealingKey.BYTES);
            this.key = SealingKey.of(KDF.getInstance("HKDF-SHA256").deriveData(derivation));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no HKDF-SHA256", e);
        }
    }

    public byte[] seal(byte[] plain, UUID owner) {
        return key.seal(plain, SealingKey.place(owner));
    }

    /** @throws IllegalStateException if it was sealed by another key or for another owner */
    public byte[] open(byte[] sealed, UUID owner) {
        return key.open(sealed, SealingKey.place(owner))
                .orElseThrow(
                        () -> new IllegalStateException("the signing secret of %s cannot be opened".formatted(owner)));
    }
}
