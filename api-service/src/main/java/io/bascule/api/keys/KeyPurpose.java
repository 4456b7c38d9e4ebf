package io.bascule.api.keys;

import java.util.Locale;

/** What a key of the platform is for. */
public enum KeyPurpose {
    /** Signs certificates; its public part is its own certificate (X.509). */
    AUTHORITY("EC"),
    /** Signs tickets; its public part is the key (X.509 SubjectPublicKeyInfo). */
    TICKET("Ed25519"),
    /** The key that seals the secrets of webhooks is derived from its private half; nobody needs its public part. */
    WEBHOOK("Ed25519");

    private final String algorithm;

    KeyPurpose(String algorithm) {
        this.algorithm = algorithm;
    }

    String algorithm() {
        return algorithm;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
