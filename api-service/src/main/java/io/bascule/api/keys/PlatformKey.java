package io.bascule.api.keys;

import java.security.PrivateKey;
import java.util.UUID;

/** A key pair of the platform as it is in memory. The public part is what {@link KeyPurpose} says. */
public final class PlatformKey {

    private final UUID id;
    private final byte[] publicPart;
    private final PrivateKey privateKey;

    PlatformKey(UUID id, byte[] publicPart, PrivateKey privateKey) {
        this.id = id;
        this.publicPart = publicPart.clone();
        this.privateKey = privateKey;
    }

    public UUID id() {
        return id;
    }

    public byte[] publicPart() {
        return publicPart.clone();
    }

    public PrivateKey privateKey() {
        return privateKey;
    }
}
