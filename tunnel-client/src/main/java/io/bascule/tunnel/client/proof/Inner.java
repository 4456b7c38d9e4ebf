package io.bascule.tunnel.client.proof;

import java.util.Arrays;
import java.util.Locale;

/** What the ends of a tunnel put around its bytes before any bridge sees them. The API decides; tickets say it signed. */
public enum Inner {
    /** Nothing: bridges see the bytes. */
    NONE,

    /** TLS 1.3 from end to end. */
    TLS;

    /** As it is written in tickets and by the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Throws {@link IllegalArgumentException} for what this version does not know. */
    public static Inner of(String text) {
        return Arrays.stream(values())
                .filter(inner -> inner.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("inner: " + text + " (expected: none or tls)"));
    }
}
