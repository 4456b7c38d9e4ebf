package io.bascule.bridge.server;

import io.bascule.bridge.legs.RawLegs;
import io.bascule.tunnel.client.raw.RawConnection;
import io.bascule.tunnel.client.raw.RawProtocol;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Takes a connection over when its TLS handshake has chosen raw legs, and leaves every other one to gRPC. */
final class ChooseProtocol extends ChannelInboundHandlerAdapter {

    private final RawLegs rawLegs;

    ChooseProtocol(RawLegs rawLegs) {
        this.rawLegs = rawLegs;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
            return;
        }
        SslHandler tls = context.pipeline().get(SslHandler.class);
        String chosen = tls.applicationProtocol();
        if (handshake.isSuccess() && RawConnection.PROTOCOL.equals(chosen)) {
            context.pipeline()
                    .replace(this, null, rawLegs.connection(tls.engine().getSession()));
            return;
        }
        if (handshake.isSuccess() && !RawProtocol.HTTP_2.equals(chosen)) {
            rawLegs.refusedProtocol();
        }
        context.pipeline().remove(this);
        context.fireUserEventTriggered(event);
    }
}
