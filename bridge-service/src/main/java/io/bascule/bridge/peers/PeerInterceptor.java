package io.bascule.bridge.peers;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Reads the client certificate once for each call and refuses calls whose certificate names nobody. */
public final class PeerInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            X509Certificate certificate = clientCertificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            Context context = Context.current().withValue(Peer.CONTEXT_KEY, PeerCertificate.read(certificate));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (UnknownPeerException refused) {
            call.close(Status.UNAUTHENTICATED.withDescription(refused.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private static X509Certificate clientCertificate(@Nullable SSLSession session) throws UnknownPeerException {
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
}
