package io.bascule.tunnel.client;

import java.util.Locale;
import java.util.Map;

/** What an end's legs are made of. */
public enum LegKind {

    /** gRPC at first, so that nothing waits for a TLS handshake; raw legs once much was carried, where there is a way for them. */
    AUTO,

    /** A gRPC call each; those to one bridge share a connection. */
    GRPC,

    /** A connection each that carries nothing but frames, or none at all. */
    RAW;

    private static final String PROPERTY = "bascule.tunnel.leg";
    private static final String VARIABLE = "BASCULE_TUNNEL_LEG";

    /**
     * What the system property {@code bascule.tunnel.leg}, or else the environment's {@code BASCULE_TUNNEL_LEG}, says.
     *
     * @throws IllegalArgumentException naming the one that says something else than {@link #of} takes
     */
    public static LegKind configured(Map<String, String> environment) {
        String property = System.getProperty(PROPERTY);
        String word = property == null ? environment.getOrDefault(VARIABLE, "auto") : property;
        try {
            return of(word);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    (property == null ? VARIABLE : PROPERTY) + ": " + unknown.getMessage(), unknown);
        }
    }

    /**
     * By its name in whatever case.
     *
     * @throws IllegalArgumentException saying which there are
     */
    public static LegKind of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "grpc" -> GRPC;
            case "raw" -> RAW;
            default -> throw new IllegalArgumentException(word + " (expected: auto, grpc or raw)");
        };
    }
}
