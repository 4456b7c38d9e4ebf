package io.bascule.tunnel.client.raw;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;

/** Waits for the TLS handshake of a connection to a bridge, and for the protocol that the bridge chooses in it. */
@SuppressWarnings("FutureReturnValueIgnored") // Whoever waits is told by the answer.
final class AwaitProtocol extends ChannelInboundHandlerAdapter {

    private final RawListener listener;
    private final OpenConnections open;
    private final CompletableFuture<Void> answer;

    AwaitProtocol(RawListener listener, OpenConnections open, CompletableFuture<Void> answer) {
        this.listener = listener;
        this.open = open;
        this.answer = answer;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
            return;
        }
        if (!handshake.isSuccess()) {
            fail(context, new NoRawLegException("TLS: " + handshake.cause().getMessage(), false));
            return;
        }
        String chosen = context.pipeline().get(SslHandler.class).applicationProtocol();
        if (RawConnection.PROTOCOL.equals(chosen)) {
            context.pipeline().replace(this, null, new RawConnection(listener, open, _ -> {}));
            answer.complete(null);
        } else {
            String other = chosen == null ? "no protocol" : chosen;
            fail(context, new NoRawLegException("the bridge, or what stands before it, chose " + other, true));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, new NoRawLegException("TLS: " + cause.getMessage(), false));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, new NoRawLegException("the connection was lost before it was secured", false));
        context.fireChannelInactive();
    }

    private void fail(ChannelHandlerContext context, NoRawLegException why) {
        answer.completeExceptionally(why);
        context.close();
    }
}
