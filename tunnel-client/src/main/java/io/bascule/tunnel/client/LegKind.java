package io.bascule.tunnel.client;

import java.util.Locale;
import java.util.Optional;

/** What an end's legs are made of. */
public enum LegKind {

    /**
     * Raw legs where the bridge and the way to it allow them, else gRPC. Each raw leg costs a TLS handshake, which many
     * short tunnels, or many that move at once, feel.
     */
    AUTO,

    /** A gRPC call each; those to one bridge share a connection. */
    GRPC,

    /** A connection each that carries nothing but frames, or none at all. */
    RAW;

    /**
     * What the system property {@code bascule.tunnel.leg}, or else the environment's {@code BASCULE_TUNNEL_LEG}, says:
     * {@code grpc} (also when neither says anything), {@code auto} or {@code raw}.
     *
     * @throws IllegalArgumentException if it says something else
     */
    public static LegKind configured() {
        String word = Optional.ofNullable(System.getProperty("bascule.tunnel.leg"))
                .or(() -> Optional.ofNullable(System.getenv("BASCULE_TUNNEL_LEG")))
                .orElse("grpc");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "grpc" -> GRPC;
            case "raw" -> RAW;
            default ->
                throw new IllegalArgumentException("bascule.tunnel.leg: " + word + " (expected: auto, grpc or raw)");
        };
    }
}
