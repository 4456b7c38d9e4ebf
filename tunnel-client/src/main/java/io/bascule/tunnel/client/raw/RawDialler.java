package io.bascule.tunnel.client.raw;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLParameters;

/**
 * Connects raw legs to one bridge. The TLS context offers {@link RawConnection#PROTOCOL} and HTTP/2; a bridge that chooses
 * the latter knows no raw legs. Safe for use by many threads; connections share the threads of the process.
 */
public final class RawDialler {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int HANDSHAKE_TIMEOUT_MILLIS = 5_000;
    private static final int DEFAULT_PORT = 443;

    private final SslContext tls;
    private final URI address;
    private final String authority;
    private final OpenConnections open;

    /**
     * Connects nowhere yet.
     *
     * @param address {@code host:port} to dial
     * @param authority the name expected in the bridge's certificate, sent as SNI
     * @param open follows the connections
     */
    public RawDialler(SslContext tls, String address, String authority, OpenConnections open) {
        this.tls = tls;
        this.address = URI.create("https://" + address);
        this.authority = authority;
        this.open = open;
    }

    /**
     * Connects in the background.
     *
     * @param loop the thread that the connection is to run on
     * @return completes when the listener has its connection; fails with a {@link NoRawLegException} where there is no way for
     *     raw legs, and with an {@link IOException} where the bridge cannot be reached at all
     */
    public CompletableFuture<Void> dial(RawListener listener, EventLoop loop) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("dial-" + address.getHost()).start(() -> connect(listener, loop, answer));
        return answer;
    }

    private void connect(RawListener listener, EventLoop loop, CompletableFuture<Void> answer) {
        try {
            if (isBehindProxy()) {
                throw new NoRawLegException("a proxy is set for " + address.getHost(), true);
            }
            connectToAny(new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.RCVBUF_ALLOCATOR, RawProtocol.RECEIVED_AT_ONCE)
                    .handler(new Initializer(listener, answer)));
        } catch (IOException | NoRawLegException unreachable) {
            answer.completeExceptionally(unreachable);
        }
    }

    private void connectToAny(Bootstrap bootstrap) throws IOException {
        int port = address.getPort() < 0 ? DEFAULT_PORT : address.getPort();
        Throwable last = null;
        for (InetAddress candidate : InetAddress.getAllByName(address.getHost())) {
            ChannelFuture connected = bootstrap.connect(candidate, port).awaitUninterruptibly();
            if (connected.isSuccess()) {
                return;
            }
            last = connected.cause();
        }
        throw new IOException(last == null ? "no address" : last.getMessage(), last);
    }

    private boolean isBehindProxy() {
        ProxySelector selector = ProxySelector.getDefault();
        return selector != null
                && selector.select(address).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    private final class Initializer extends ChannelInitializer<Channel> {

        private final RawListener listener;
        private final CompletableFuture<Void> answer;

        Initializer(RawListener listener, CompletableFuture<Void> answer) {
            this.listener = listener;
            this.answer = answer;
        }

        @Override
        protected void initChannel(Channel channel) {
            SslHandler secured = tls.newHandler(
                    channel.alloc(),
                    authority,
                    address.getPort(),
                    task -> Thread.ofVirtual().start(task));
            secured.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT_MILLIS);
            SSLParameters parameters = secured.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secured.engine().setSSLParameters(parameters);
            channel.pipeline().addLast(secured, new AwaitProtocol(listener, open, answer));
        }
    }
}
