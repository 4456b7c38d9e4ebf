package io.bascule.tunnel.client;

import io.bascule.tunnel.client.raw.OpenConnections;
import io.bascule.tunnel.client.raw.RawDialler;
import io.bascule.tunnel.client.raw.RawProtocol;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Connections to bridges with one end's credentials: TLS 1.3, both sides with certificates. A raw leg has a connection of
 * its own; gRPC legs to one bridge share one. Safe for use by many threads; a connector that is
 * closed opens no more connections.
 */
public final class BridgeConnector implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** As wide as a tunnel's window can be: an end takes whatever comes at once, so none of it stays unread. */
    private static final int FLOW_CONTROL_WINDOW = 32 * 1024 * 1024;

    private static final long KEEP_ALIVE_SECONDS = 20;
    private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 10;
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final LegChoice legs;
    private final OpenConnections rawLegs = new OpenConnections();
    private final Map<Target, ManagedChannel> channels = new ConcurrentHashMap<>();
    private final List<ManagedChannel> outdated = new ArrayList<>();
    private final Set<LastWord> lingering = ConcurrentHashMap.newKeySet();
    private volatile Shown shown;
    private boolean closed;

    /** Checks the credentials; connects nowhere yet. For a program that has no other connector. */
    public BridgeConnector(EndCredentials credentials, LegKind kind) {
        this(credentials, new LegChoice(kind));
    }

    /** Checks the credentials; connects nowhere yet. */
    public BridgeConnector(EndCredentials credentials, LegChoice legs) {
        this.legs = legs;
        this.shown = Shown.of(credentials, legs.hasRawLegs());
    }

    /**
     * Shows these credentials from now on, on new connections. Those that are there stay for as long as legs are on them;
     * a tunnel keeps the credentials that it began with, since its ends proved themselves with those.
     *
     * @throws IllegalArgumentException if they do not fit together; what there was is kept
     */
    public synchronized void show(EndCredentials credentials) {
        shown = Shown.of(credentials, legs.hasRawLegs());
        // Whoever has just been given one of these may still begin a leg on it, so it takes legs until the next change.
        outdated.forEach(ManagedChannel::shutdown);
        outdated.removeIf(ManagedChannel::isTerminated);
        outdated.addAll(channels.values());
        channels.clear();
    }

    EndCredentials credentials() {
        return shown.credentials();
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

    /**
     * What makes legs to a bridge.
     *
     * @param loop the thread that raw legs are to run on
     * @throws ClosedConnectorException if this connector is closed; so may what is returned
     */
    LegOpening legTo(GrantedBridge bridge, EventLoop loop) {
        requireOpen();
        Target target = new Target(bridge.address(), bridge.authority());
        return legs.to(target.address()) == LegKind.RAW
                ? listener -> new RawLeg(dialler(target), loop, listener, _ -> false)
                : grpcTo(target);
    }

    /** As {@link #legTo}, but raw if there is a way; if there is not, the leg ends, and that is remembered. */
    LegOpening rawLegTo(GrantedBridge bridge, EventLoop loop) {
        Target target = new Target(bridge.address(), bridge.authority());
        return listener -> new RawLeg(dialler(target), loop, listener, why -> {
            legs.learn(target.address(), why);
            return false;
        });
    }

    /** As {@link #legTo}, but raw if there is a way. */
    LegOpening fallingBackLegTo(GrantedBridge bridge, EventLoop loop) {
        Target target = new Target(bridge.address(), bridge.authority());
        return listener -> new FallingBackLeg(
                listener, dialler(target), loop, why -> legs.learn(target.address(), why), grpcTo(target));
    }

    /** Whether an end that has a gRPC leg to a bridge may go on over a raw one. */
    boolean mayGoRaw(GrantedBridge bridge) {
        return legs.to(bridge.address()) == LegKind.AUTO;
    }

    /** A raw leg leads to a bridge. */
    void wentRaw(GrantedBridge bridge) {
        legs.worked(bridge.address());
    }

    /** Turns at securing raw legs that tunnels go on over. */
    Turns turns() {
        return legs.turns();
    }

    private LegOpening grpcTo(Target target) {
        return listener -> GrpcLeg.over(legChannel(target), listener);
    }

    private RawDialler dialler(Target target) {
        SslContext tls = Objects.requireNonNull(shown.raw(), "no raw legs here");
        return new RawDialler(tls, target.address(), target.authority(), rawLegs);
    }

    /** Returns when the one who lingers need not any more, or cannot, because this is closed. */
    void linger(LastWord one) throws InterruptedException {
        lingering.add(one);
        try {
            if (isClosed()) {
                one.dismiss();
            }
            one.linger(LastWord.ALL);
        } finally {
            lingering.remove(one);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw new ClosedConnectorException();
        }
    }

    /** Whether legs may be raw ones. */
    boolean hasRawLegs() {
        return legs.hasRawLegs();
    }

    /** The connection that gRPC legs to a bridge share; one that broke is tried anew at once. Its callbacks run on the transport's thread and must not block. */
    private synchronized ManagedChannel legChannel(Target to) {
        requireOpen();
        ManagedChannel channel = channels.computeIfAbsent(
                to, target -> builder(target).directExecutor().build());
        channel.resetConnectBackoff();
        return channel;
    }

    /**
     * Ends every connection that legs are on, with the legs that do not end by themselves within two seconds. Ends that linger leave
     * at once, also those that are about to say their last word again: the other end then gives them up when their time is over.
     */
    @Override
    public void close() {
        List<ManagedChannel> ending = shutDownChannels();
        lingering.forEach(LastWord::dismiss);
        long until = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        try {
            rawLegs.awaitNone(CLOSE_TIMEOUT);
            for (ManagedChannel channel : ending) {
                channel.awaitTermination(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            rawLegs.drop("the connector was closed");
            ending.forEach(ManagedChannel::shutdownNow);
        }
    }

    private synchronized List<ManagedChannel> shutDownChannels() {
        closed = true;
        outdated.addAll(channels.values());
        channels.clear();
        List<ManagedChannel> ending = List.copyOf(outdated);
        outdated.clear();
        ending.forEach(ManagedChannel::shutdown);
        return ending;
    }

    private NettyChannelBuilder builder(Target target) {
        return NettyChannelBuilder.forTarget(target.address())
                .overrideAuthority(target.authority())
                .sslContext(shown.tls())
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .withOption(ChannelOption.TCP_NODELAY, true)
                .disableRetry();
    }

    private record Target(String address, String authority) {}

    /**
     * Credentials and what TLS makes of them.
     *
     * @param raw null where there are no raw legs
     */
    private record Shown(
            EndCredentials credentials,
            SslContext tls,
            @Nullable SslContext raw) {

        static Shown of(EndCredentials credentials, boolean hasRawLegs) {
            try {
                return new Shown(
                        credentials,
                        contextFor(credentials).build(),
                        hasRawLegs
                                ? contextFor(credentials)
                                        .applicationProtocolConfig(RawProtocol.offered())
                                        .build()
                                : null);
            } catch (SSLException e) {
                throw new IllegalArgumentException("credentials: the certificate and the private key do not fit", e);
            }
        }

        /** The key store is in memory only: Java's default type would make its key in 10,000 rounds, which takes 4 ms. */
        private static SslContextBuilder contextFor(EndCredentials credentials) {
            return GrpcSslContexts.forClient()
                    .keyStoreType("JKS")
                    .keyManager(
                            credentials.privateKey(),
                            credentials.certificateChain().toArray(X509Certificate[]::new))
                    .trustManager(credentials.authorities().toArray(X509Certificate[]::new))
                    .protocols("TLSv1.3");
        }
    }
}
