package io.bascule.api.keys;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The keys that sign tickets, in memory since the start. The newest one signs, all of them are published. */
public class TicketKeys {

    private final List<PlatformKey> keys;
    private final List<Published> published;

    TicketKeys(List<PlatformKey> keys) {
        this.keys = List.copyOf(keys);
        this.published = keys.stream().map(Published::from).toList();
    }

    static NewKey make() {
        try {
            KeyPair pair =
                    KeyPairGenerator.getInstance(KeyPurpose.TICKET.algorithm()).generateKeyPair();
            return new NewKey(pair.getPublic().getEncoded(), pair.getPrivate());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no Ed25519", e);
        }
    }

    public PlatformKey signing() {
        return keys.getFirst();
    }

    public List<Published> published() {
        return published;
    }

    /**
     * The public half of a ticket key, for bridges and agents.
     *
     * @param id the {@code kid} of tickets it verifies
     * @param publicKey X.509 SubjectPublicKeyInfo in base64
     */
    public record Published(String id, String publicKey) {

        static Published from(PlatformKey key) {
            return new Published(key.id().toString(), Base64.getEncoder().encodeToString(key.publicPart()));
        }
    }
}
