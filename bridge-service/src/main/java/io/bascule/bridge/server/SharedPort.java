package io.bascule.bridge.server;

import io.bascule.bridge.legs.RawLegs;
import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPipeline;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.util.AsciiString;

/**
 * Lets raw legs come to the port of a gRPC server. gRPC secures every connection; between its TLS handler and what waits
 * there for HTTP/2 stands {@link ChooseProtocol}. gRPC keeps taking a raw leg for a connection whose handshake goes on, and
 * what it does to end that is without effect on {@link io.bascule.tunnel.client.raw.RawConnection}.
 */
final class SharedPort implements ProtocolNegotiator {

    private final ProtocolNegotiator grpc;
    private final RawLegs rawLegs;

    SharedPort(ProtocolNegotiator grpc, RawLegs rawLegs) {
        this.grpc = grpc;
        this.rawLegs = rawLegs;
    }

    @Override
    public AsciiString scheme() {
        return grpc.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler http2) {
        return new BeforeTls(grpc.newHandler(http2));
    }

    @Override
    public void close() {
        grpc.close();
    }

    /** Waits for the first bytes, before which gRPC has put its TLS handler in place. */
    private final class BeforeTls extends ChannelInboundHandlerAdapter {

        private final ChannelHandler negotiation;

        BeforeTls(ChannelHandler negotiation) {
            this.negotiation = negotiation;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            context.pipeline().addAfter(context.name(), null, negotiation);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            String tls = pipeline.context(SslHandler.class).name();
            pipeline.addAfter(tls, null, new ChooseProtocol(rawLegs));
            pipeline.remove(this);
            context.fireChannelRead(message);
        }
    }
}
