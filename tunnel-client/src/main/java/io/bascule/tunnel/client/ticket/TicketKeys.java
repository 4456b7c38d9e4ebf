package io.bascule.tunnel.client.ticket;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The public keys with which the API's tickets are verified; replaced whole. Safe for use by many threads. */
public final class TicketKeys {

    private volatile Map<String, PublicKey> keys = Map.of();

    /** @param encoded Ed25519 keys by their id, X.509 SubjectPublicKeyInfo in base64; one that is none is an error */
    public void replace(Map<String, String> encoded) {
        Map<String, PublicKey> decoded = new LinkedHashMap<>();
        encoded.forEach((id, key) -> decoded.put(id, decode(id, key)));
        keys = Map.copyOf(decoded);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    Optional<PublicKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    private static PublicKey decode(String id, String key) {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "ticket key " + id + ": not an Ed25519 key in base64 (X.509)", malformed);
        }
    }
}
