package io.bascule.bridge.peers;

import io.grpc.Context;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client certificate names.
 *
 * @param kind what its holder is
 * @param id the agent's id or the client's session id
 * @param thumbprint SHA-256 of the certificate, base64url without padding
 */
public record Peer(Kind kind, UUID id, String thumbprint) {

    static final Context.Key<Peer> CONTEXT_KEY = Context.key("peer");

    /** The organisational units that the platform gives out to those who dial a bridge. */
    public enum Kind {
        AGENT,
        CLIENT
    }

    /**
     * Who is at the other side of a secured connection.
     *
     * @throws UnknownPeerException if there is no certificate, or none that names somebody
     */
    public static Peer of(@Nullable SSLSession session) throws UnknownPeerException {
        return PeerCertificate.read(PeerCertificate.shown(session));
    }

    /** Who made the call that the current thread serves. */
    public static Peer current() {
        return Objects.requireNonNull(CONTEXT_KEY.get(), "the call came through no PeerInterceptor");
    }
}
