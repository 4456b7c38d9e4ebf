package io.bascule.api.keys;

import java.security.PrivateKey;

/** A key pair that was just made and is not stored yet. */
public final class NewKey {

    private final byte[] publicPart;
    private final PrivateKey privateKey;

    public NewKey(byte[] publicPart, PrivateKey privateKey) {
        this.publicPart = publicPart.clone();
        this.privateKey = privateKey;
    }

    public byte[] publicPart() {
        return publicPart.clone();
    }

    public PrivateKey privateKey() {
        return privateKey;
    }
}
