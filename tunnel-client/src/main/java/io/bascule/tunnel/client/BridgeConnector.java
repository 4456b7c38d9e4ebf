package io.bascule.tunnel.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Connections to bridges with one end's credentials: TLS 1.3, both sides with certificates. Legs to one bridge share one
 * connection. Safe for use by many threads; a connector that is closed opens no more connections.
 */
public final class BridgeConnector implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** As wide as a tunnel's window can be: an end takes whatever comes at once, so none of it stays unread. */
    private static final int FLOW_CONTROL_WINDOW = 32 * 1024 * 1024;

    private static final long KEEP_ALIVE_SECONDS = 20;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;
    private static final long CLOSE_TIMEOUT_SECONDS = 2;

    private final EndCredentials credentials;
    private final SslContext tls;
    private final Map<Target, ManagedChannel> channels = new ConcurrentHashMap<>();
    private boolean closed;

    /** Checks the credentials; connects nowhere yet. */
    public BridgeConnector(EndCredentials credentials) {
        this.credentials = credentials;
        try {
            this.tls = GrpcSslContexts.forClient()
                    .keyManager(
                            credentials.privateKey(),
                            credentials.certificateChain().toArray(X509Certificate[]::new))
                    .trustManager(credentials.authorities().toArray(X509Certificate[]::new))
                    .protocols("TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("credentials: the certificate and the private key do not fit", e);
        }
    }

    EndCredentials credentials() {
        return credentials;
    }

    /**
     * A connection of its own, for a control stream, whose owner shuts it down. Callbacks run on the executor that the
     * caller sets on its calls, or else on gRPC's own.
     *
     * @param address {@code host:port} to dial
     * @param authority the name expected in the bridge's certificate
     */
    public ManagedChannel newChannel(String address, String authority) {
        return builder(new Target(address, authority)).build();
    }

    /** The connection that legs to a bridge share; one that broke is tried anew at once. Its callbacks run on the transport's thread and must not block. */
    synchronized ManagedChannel legChannel(GrantedBridge bridge) {
        if (closed) {
            throw new IllegalStateException("the connector is closed");
        }
        ManagedChannel channel = channels.computeIfAbsent(
                new Target(bridge.address(), bridge.authority()),
                target -> builder(target).directExecutor().build());
        channel.resetConnectBackoff();
        return channel;
    }

    /** Ends every shared connection, with the legs that are left on it. */
    @Override
    public synchronized void close() {
        closed = true;
        channels.values().forEach(ManagedChannel::shutdown);
        for (ManagedChannel channel : channels.values()) {
            awaitEnd(channel);
        }
        channels.clear();
    }

    private NettyChannelBuilder builder(Target target) {
        return NettyChannelBuilder.forTarget(target.address())
                .overrideAuthority(target.authority())
                .sslContext(tls)
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .withOption(ChannelOption.TCP_NODELAY, true)
                .disableRetry();
    }

    private static void awaitEnd(ManagedChannel channel) {
        try {
            if (!channel.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                channel.shutdownNow();
            }
        } catch (InterruptedException e) {
            channel.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private record Target(String address, String authority) {}
}
