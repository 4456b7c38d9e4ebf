package io.bascule.bridge.server;

import io.bascule.bridge.certificate.BridgeCertificate;
import io.bascule.bridge.control.ControlCalls;
import io.bascule.bridge.legs.LegCalls;
import io.bascule.bridge.legs.RawLegs;
import io.bascule.bridge.peers.PeerInterceptor;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.raw.RawProtocol;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Listens for agents and clients. Calls run on the transport's own threads: none of them blocks, and a frame changes
 * threads as little as possible. Start and stop may be called repeatedly.
 */
public final class BridgeServer {

    /**
     * What one leg may have sent and the bridge not yet read, so also what it carries in one round trip: 160 MB/s at 50 ms.
     * Only a leg whose other leg's network is slow comes near it, and no leg beyond its tunnel's window.
     */
    private static final int FLOW_CONTROL_WINDOW = 8 * 1024 * 1024;

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
    private static final Duration FEWEST_PINGS = Duration.ofSeconds(10);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LAST_MESSAGES = Duration.ofSeconds(3);

    private final Server server;
    private final RawLegs rawLegs;
    private final int port;
    private boolean started;

    BridgeServer(int port, BridgeCertificate certificate, LegCalls legs, RawLegs rawLegs, ControlCalls control) {
        this.port = port;
        this.rawLegs = rawLegs;
        SslContext tls = sslContext(certificate);
        this.server = NettyServerBuilder.forPort(
                        port,
                        InternalNettyServerCredentials.create(
                                new SharedPort(InternalProtocolNegotiators.serverTls(tls), rawLegs)))
                .withChildOption(ChannelOption.RCVBUF_ALLOCATOR, RawProtocol.RECEIVED_AT_ONCE)
                .directExecutor()
                .intercept(new PeerInterceptor())
                .addService(legs.definition())
                .addService(control)
                .maxInboundMessageSize(Frame.MAX_LENGTH)
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .handshakeTimeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTime(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(FEWEST_PINGS.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true)
                .build();
    }

    /** Returns when the port is bound; handshakes succeed once there is a certificate. */
    public synchronized void start() {
        if (started) {
            return;
        }
        try {
            server.start();
            started = true;
        } catch (IOException taken) {
            throw new PortInUseException(port, taken);
        }
    }

    /** Returns when all calls and raw legs have ended, those that do not end by themselves included. */
    public synchronized void stop() {
        server.shutdown();
        try {
            if (!awaitEnd()) {
                kill();
                awaitEnd();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all calls and connections at once, as if the process were gone. */
    public void kill() {
        rawLegs.kill();
        server.shutdownNow();
    }

    /** gRPC counts a raw leg among its connections until it is closed. */
    private boolean awaitEnd() throws InterruptedException {
        return server.awaitTermination(LAST_MESSAGES.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The port that is bound, also when any was asked for. */
    public int port() {
        return server.getPort();
    }

    private static SslContext sslContext(BridgeCertificate certificate) {
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forServer(certificate.keys()))
                    .trustManager(certificate.trust())
                    .clientAuth(ClientAuth.REQUIRE)
                    .protocols("TLSv1.3")
                    .applicationProtocolConfig(RawProtocol.offered())
                    .build();
        } catch (SSLException impossible) {
            throw new IllegalStateException("this platform has no TLS 1.3", impossible);
        }
    }
}
