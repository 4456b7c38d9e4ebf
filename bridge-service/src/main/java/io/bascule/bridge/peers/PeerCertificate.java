package io.bascule.bridge.peers;

import io.bascule.tunnel.client.proof.OtherEnd;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.UUID;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What the subject of a client certificate says: the id in CN and the kind in OU. */
final class PeerCertificate {

    private PeerCertificate() {}

    static Peer read(X509Certificate certificate) throws UnknownPeerException {
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            return new Peer(kind(part(subject, "OU")), id(part(subject, "CN")), OtherEnd.thumbprint(certificate));
        } catch (InvalidNameException unreadable) {
            throw new UnknownPeerException("certificate: its subject cannot be read", unreadable);
        }
    }

    /** The certificate that the other side of a connection has shown. */
    static X509Certificate shown(@Nullable SSLSession session) throws UnknownPeerException {
        if (session == null) {
            throw new UnknownPeerException("this bridge takes TLS connections only");
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
                return certificate;
            }
        } catch (SSLPeerUnverifiedException unverified) {
            throw new UnknownPeerException("connect with a client certificate of the platform", unverified);
        }
        throw new UnknownPeerException("connect with a client certificate of the platform");
    }

    private static Peer.Kind kind(String unit) throws UnknownPeerException {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "agent" -> Peer.Kind.AGENT;
            case "client" -> Peer.Kind.CLIENT;
            default -> throw new UnknownPeerException("certificate: OU is '" + unit + "' (expected: agent or client)");
        };
    }

    private static UUID id(String name) throws UnknownPeerException {
        try {
            return UUID.fromString(name);
        } catch (IllegalArgumentException malformed) {
            throw new UnknownPeerException("certificate: CN is '" + name + "' (expected: a UUID)", malformed);
        }
    }

    private static String part(LdapName subject, String type) throws UnknownPeerException {
        for (Rdn part : subject.getRdns()) {
            if (part.getType().equalsIgnoreCase(type)) {
                return part.getValue().toString();
            }
        }
        throw new UnknownPeerException("certificate: its subject has no " + type);
    }
}
