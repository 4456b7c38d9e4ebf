package io.bascule.agent;

import com.google.protobuf.ByteString;
import io.bascule.agent.platform.BridgeLocation;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.BridgeAddress;
import io.bascule.protocol.tunnel.v1.BridgeControlGrpc;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Bridges;
import io.bascule.protocol.tunnel.v1.Drain;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.protocol.tunnel.v1.Ping;
import io.bascule.protocol.tunnel.v1.Welcome;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.bascule.tunnel.client.LegMethod;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;

/** A bridge that does what the test says, over real TLS: the test is the client end and the pairing. */
final class FakeBridge {

    private final String id;
    private final BlockingQueue<AgentHello> hellos = new LinkedBlockingQueue<>();
    private final BlockingQueue<OpenRefused> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> pongs = new LinkedBlockingQueue<>();
    private final BlockingQueue<AgentLeg> legs = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> departures = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<StreamObserver<BridgeMessage>> streams = new CopyOnWriteArrayList<>();
    private Server server;

    private FakeBridge(String id, PrivateKey key, X509Certificate certificate, List<X509Certificate> authorities)
            throws Exception {
        this.id = id;
        this.server = NettyServerBuilder.forPort(0)
                .sslContext(GrpcSslContexts.configure(
                                io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder.forServer(key, certificate))
                        .trustManager(authorities.toArray(X509Certificate[]::new))
                        .clientAuth(ClientAuth.REQUIRE)
                        .protocols("TLSv1.3")
                        .build())
                .addService(new Control())
                .addService(ServerServiceDefinition.builder(LegMethod.SERVICE)
                        .addMethod(LegMethod.descriptor(), this::startLeg)
                        .build())
                .build();
    }

    static FakeBridge start(String id, PrivateKey key, X509Certificate certificate, List<X509Certificate> authorities)
            throws Exception {
        FakeBridge bridge = new FakeBridge(id, key, certificate, authorities);
        bridge.server.start();
        return bridge;
    }

    String id() {
        return id;
    }

    BridgeLocation location() {
        return new BridgeLocation(id, "127.0.0.1:" + server.getPort(), id + ".test");
    }

    void stop() {
        server.shutdownNow();
    }

    AgentHello nextHello() throws InterruptedException {
        return next(hellos, "hello at " + id);
    }

    boolean hasHello() {
        return !hellos.isEmpty();
    }

    OpenRefused nextRefusal() throws InterruptedException {
        return next(refusals, "refusal");
    }

    long nextPong() throws InterruptedException {
        return next(pongs, "pong");
    }

    AgentLeg nextLeg() throws InterruptedException {
        return next(legs, "leg");
    }

    String nextDeparture() throws InterruptedException {
        return next(departures, "end of a control stream");
    }

    void open(UUID tunnel, long epoch, String ticket) {
        send(BridgeMessage.newBuilder()
                .setOpen(Open.newBuilder()
                        .setTunnel(ByteString.copyFrom(ByteBuffer.allocate(16)
                                .putLong(tunnel.getMostSignificantBits())
                                .putLong(tunnel.getLeastSignificantBits())
                                .flip()))
                        .setEpoch((int) epoch)
                        .setTicket(ticket))
                .build());
    }

    void ping(long sequence) {
        send(BridgeMessage.newBuilder()
                .setPing(Ping.newBuilder().setSequence(sequence))
                .build());
    }

    void drain() {
        send(BridgeMessage.newBuilder().setDrain(Drain.getDefaultInstance()).build());
    }

    void tellBridges(FakeBridge... up) {
        Bridges.Builder bridges = Bridges.newBuilder();
        for (FakeBridge bridge : up) {
            bridges.addBridges(BridgeAddress.newBuilder()
                    .setId(bridge.id())
                    .setAddress(bridge.location().address())
                    .setAuthority(bridge.location().authority()));
        }
        send(BridgeMessage.newBuilder().setBridges(bridges).build());
    }

    void breakStreams() {
        streams.forEach(stream -> stream.onError(Status.UNAVAILABLE.asRuntimeException()));
        streams.clear();
    }

    private void send(BridgeMessage message) {
        streams.getLast().onNext(message);
    }

    static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no " + what);
        }
        return next;
    }

    private ServerCall.Listener<EncodedFrame> startLeg(ServerCall<EncodedFrame, EncodedFrame> call, Metadata headers) {
        AgentLeg leg = new AgentLeg(call, certificate(call));
        call.sendHeaders(new Metadata());
        call.request(Integer.MAX_VALUE);
        legs.add(leg);
        return leg;
    }

    private static X509Certificate certificate(ServerCall<?, ?> call) {
        try {
            var session = Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            return (X509Certificate) session.getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private final class Control extends BridgeControlGrpc.BridgeControlImplBase {

        @Override
        public StreamObserver<AgentMessage> control(StreamObserver<BridgeMessage> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(AgentMessage message) {
                    switch (message.getMessageCase()) {
                        case HELLO -> {
                            responses.onNext(BridgeMessage.newBuilder()
                                    .setWelcome(
                                            Welcome.newBuilder().setBridge(id).setProtocolVersion(1))
                                    .build());
                            streams.add(responses);
                            hellos.add(message.getHello());
                        }
                        case OPEN_REFUSED -> refusals.add(message.getOpenRefused());
                        case PONG -> pongs.add(message.getPong().getSequence());
                        case MESSAGE_NOT_SET -> throw new AssertionError("an empty message");
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    streams.remove(responses);
                    departures.add("broken");
                }

                @Override
                public void onCompleted() {
                    streams.remove(responses);
                    responses.onCompleted();
                    departures.add("left");
                }
            };
        }
    }

    /** The agent's leg, with the test at its other side. */
    static final class AgentLeg extends ServerCall.Listener<EncodedFrame> {

        private final ServerCall<EncodedFrame, EncodedFrame> call;
        private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();

        private final X509Certificate certificate;

        AgentLeg(ServerCall<EncodedFrame, EncodedFrame> call, X509Certificate certificate) {
            this.call = call;
            this.certificate = certificate;
        }

        /** What the agent showed on the leg's connection. */
        X509Certificate certificate() {
            return certificate;
        }

        void send(Frame frame) {
            call.sendMessage(FrameCodec.encode(frame));
        }

        Frame next() throws InterruptedException {
            return FakeBridge.next(frames, "frame");
        }

        /** The next frame of this kind; others are skipped. */
        <F extends Frame> F next(Class<F> type) throws InterruptedException {
            while (true) {
                Frame frame = FakeBridge.next(frames, type.getSimpleName());
                if (type.isInstance(frame)) {
                    return type.cast(frame);
                }
            }
        }

        @Override
        public void onMessage(EncodedFrame message) {
            try {
                frames.add(FrameCodec.decode(message));
            } catch (InvalidFrameException invalid) {
                throw new AssertionError(invalid);
            }
        }

        @Override
        public void onHalfClose() {
            call.close(Status.OK, new Metadata());
        }
    }
}
