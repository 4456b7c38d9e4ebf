package io.bascule.bridge.peers;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Reads the client certificate once for each call and refuses calls whose certificate names nobody. */
public final class PeerInterceptor implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            Peer peer = Peer.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            Context context = Context.current().withValue(Peer.CONTEXT_KEY, peer);
            return Contexts.interceptCall(context, call, headers, next);
        } catch (UnknownPeerException refused) {
            call.close(Status.UNAUTHENTICATED.withDescription(refused.getMessage()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }
}
