package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.InvalidFrameException;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A bridge for tests: real gRPC and TLS, one tunnel, forwards as the protocol says, and can be told to misbehave. */
final class FakeBridge implements AutoCloseable {

    private static final int HELLO = FrameCodec.encode(new Frame.Hello(0, 0)).type();

    private final String id;
    private final Server server;
    private final List<Frame.Resumed> reported = new CopyOnWriteArrayList<>();
    private final List<FakeLeg> legs = new CopyOnWriteArrayList<>();
    private final Set<Long> epochs = ConcurrentHashMap.newKeySet();
    private volatile Frame.@Nullable Attached refusal;
    private volatile boolean deaf;
    private final AtomicBoolean cutting = new AtomicBoolean();
    private final AtomicReference<@Nullable WordToLose> lastWord = new AtomicReference<>();
    private final CountDownLatch cut = new CountDownLatch(1);
    private final PassedFrames passed = new PassedFrames();
    private volatile BiConsumer<FakeBridge, Long> callAgent = (bridge, epoch) -> {};
    private @Nullable FakeLeg waitingClient;
    private long waitingEpoch;

    FakeBridge(String id, TestAuthority authority) throws Exception {
        this.id = id;
        KeyPair keys = TestAuthority.newKeys();
        ServerServiceDefinition service = ServerServiceDefinition.builder(LegMethod.SERVICE)
                .addMethod(LegMethod.descriptor(), this::newLeg)
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .sslContext(GrpcSslContexts.configure(SslContextBuilder.forServer(
                                keys.getPrivate(), authority.bridgeCertificate(authorityName(), keys.getPublic())))
                        .trustManager(authority.certificate())
                        .clientAuth(ClientAuth.REQUIRE)
                        .protocols("TLSv1.3")
                        .build())
                .directExecutor()
                .initialFlowControlWindow(2 * 1024 * 1024)
                .addService(service)
                .build()
                .start();
    }

    GrantedBridge grant() {
        return new GrantedBridge(id, "127.0.0.1:" + server.getPort(), authorityName(), "ticket for " + id);
    }

    /** From now on answers every ATTACH like this, or lets everyone in again. */
    FakeBridge refusing(@Nullable AttachStatus status, String text) {
        refusal = status == null ? null : new Frame.Attached(status, 0, 100, text);
        return this;
    }

    /** From now on answers nothing. */
    FakeBridge deaf() {
        deaf = true;
        return this;
    }

    /** Breaks the client's leg once both ends have proved themselves and neither has come to it; then nothing more. */
    FakeBridge cuttingOnceBeforeHello() {
        cutting.set(true);
        return this;
    }

    /** Loses this end's acknowledgement of everything, with the FIN, and breaks both legs with it; once. */
    FakeBridge losingTheLastWordOf(EndRole end, long bytes) {
        lastWord.set(WordToLose.acknowledgement(end, bytes + 1));
        return this;
    }

    /** Loses the first RESET of this end, and breaks both legs with it. */
    FakeBridge losingTheResetOf(EndRole end) {
        lastWord.set(WordToLose.reset(end));
        return this;
    }

    /** Loses the first RESET of this end and nothing else, as if the other end did not listen. */
    FakeBridge losingTheResetAloneOf(EndRole end) {
        lastWord.set(WordToLose.resetAlone(end));
        return this;
    }

    void awaitCut() throws InterruptedException {
        assertThat(cut.await(60, TimeUnit.SECONDS)).as("a leg was cut").isTrue();
    }

    /** What happens when a client end waits with an epoch. */
    void onClientWaiting(BiConsumer<FakeBridge, Long> call) {
        callAgent = call;
    }

    /** Asks both ends to go on elsewhere. */
    void migrate(String bridge) {
        sendToAll(FrameCodec.encode(new Frame.Migrate(10_000, bridge)));
    }

    /** What client ends told of their moves. */
    List<Frame.Resumed> reported() {
        return reported;
    }

    /** Those with which ends have attached. */
    Set<Long> epochs() {
        return epochs;
    }

    /** Breaks the legs as a dying bridge would. */
    void breakLegs() {
        for (FakeLeg leg : legs) {
            leg.close(Status.UNAVAILABLE.withDescription("bridge killed"));
        }
        legs.clear();
    }

    /** Breaks the agent's leg only; the client's gets PEER_LOST. */
    void breakAgentLeg() {
        for (FakeLeg leg : legs) {
            if (leg.attach().end() == EndRole.AGENT) {
                leg.close(Status.UNAVAILABLE.withDescription("agent's network gone"));
                leg.lost();
            }
        }
    }

    /** What it has passed on. */
    PassedFrames passed() {
        return passed;
    }

    /** Sends something to one end out of turn. */
    void sendTo(EndRole end, Frame frame) {
        for (FakeLeg leg : legs) {
            if (leg.attach().end() == end) {
                leg.send(FrameCodec.encode(frame));
            }
        }
    }

    /** Sends something to the ends out of turn. */
    void sendToAll(EncodedFrame frame) {
        legs.forEach(leg -> leg.send(frame));
    }

    /** Returns when nothing listens at its address any more. */
    @Override
    public void close() {
        try {
            server.shutdownNow().awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String authorityName() {
        return id + ".bridge.test";
    }

    private ServerCall.Listener<EncodedFrame> newLeg(ServerCall<EncodedFrame, EncodedFrame> call, Metadata headers) {
        call.sendHeaders(new Metadata());
        call.request(1);
        return new FakeLeg(call);
    }

    private synchronized void attach(FakeLeg leg, Frame.Attach attach) {
        epochs.add(attach.epoch());
        Frame.Attached refused = refusal;
        if (refused != null) {
            leg.send(FrameCodec.encode(refused));
            leg.close(Status.OK);
        } else if (!attach.ticket().equals("ticket for " + id)) {
            leg.send(FrameCodec.encode(
                    new Frame.Attached(AttachStatus.DENIED, 0, 0, "the ticket is for another bridge")));
            leg.close(Status.OK);
        } else if (attach.end() == EndRole.CLIENT) {
            legs.add(leg);
            waitingClient = leg;
            waitingEpoch = attach.epoch();
            callAgent.accept(this, attach.epoch());
        } else if (waitingClient != null && attach.epoch() == waitingEpoch) {
            legs.add(leg);
            pair(waitingClient, leg, attach.epoch());
            waitingClient = null;
        }
    }

    private static void pair(FakeLeg client, FakeLeg agent, long epoch) {
        client.peer = agent;
        agent.peer = client;
        for (FakeLeg leg : List.of(client, agent)) {
            leg.send(FrameCodec.encode(new Frame.Attached(AttachStatus.OK, epoch, 0, "")));
        }
    }

    private final class FakeLeg extends ServerCall.Listener<EncodedFrame> {

        private final ServerCall<EncodedFrame, EncodedFrame> call;
        private Frame.@Nullable Attach attach;
        private volatile @Nullable FakeLeg peer;
        private volatile boolean moved;
        private boolean closed;
        private int owed;

        FakeLeg(ServerCall<EncodedFrame, EncodedFrame> call) {
            this.call = call;
        }

        Frame.Attach attach() {
            return Objects.requireNonNull(attach);
        }

        @Override
        public void onMessage(EncodedFrame message) {
            if (deaf) {
                return;
            }
            FakeLeg other = pairedWith();
            if (cutting.get() && message.type() == HELLO) {
                withholdOrCut();
                return;
            }
            try {
                if (message.isBetweenEnds() && other != null) {
                    pass(message, other);
                    return;
                }
                switch (FrameCodec.decode(message)) {
                    case Frame.Attach first -> {
                        attach = first;
                        FakeBridge.this.attach(this, first);
                    }
                    case Frame.Detach(DetachReason reason) -> leave(reason);
                    case Frame.Resumed resumed -> reported.add(resumed);
                    default -> close(Status.INTERNAL.withDescription("not expected: " + message.type()));
                }
            } catch (InvalidFrameException e) {
                close(Status.INTERNAL.withDescription(e.getMessage()));
            }
            call.request(1);
        }

        private void pass(EncodedFrame message, FakeLeg other) throws InvalidFrameException {
            WordToLose lost = lastWord.get();
            if (lost != null && isLastWord(message, lost)) {
                if (lost.withLegs()) {
                    breakLegs();
                } else {
                    owe(other);
                }
                cut.countDown();
                return;
            }
            passed.add(attach().end(), message);
            other.send(message);
            owe(other);
        }

        private boolean isLastWord(EncodedFrame message, WordToLose lost) throws InvalidFrameException {
            return attach().end() == lost.end()
                    && lost.frame().test(FrameCodec.decode(message))
                    && lastWord.compareAndSet(lost, null);
        }

        /** The client end says HELLO once it has checked the agent end's proof. */
        private void withholdOrCut() {
            call.request(1);
            if (attach().end() == EndRole.CLIENT && cutting.compareAndSet(true, false)) {
                close(Status.UNAVAILABLE.withDescription("cut before HELLO"));
                lost();
                cut.countDown();
            }
        }

        /** Nothing is forwarded before both ends have been told that they are paired: no HELLO overtakes an ATTACHED. */
        private @Nullable FakeLeg pairedWith() {
            synchronized (FakeBridge.this) {
                return peer;
            }
        }

        @Override
        public void onReady() {
            FakeLeg other = peer;
            if (other != null) {
                other.pay();
            }
        }

        @Override
        public void onCancel() {
            lost();
        }

        void lost() {
            FakeLeg other = peer;
            if (other != null) {
                peer = null;
                other.peer = null;
                other.send(FrameCodec.encode(new Frame.PeerLost()));
                other.pay();
            }
            legs.remove(this);
        }

        synchronized void send(EncodedFrame frame) {
            if (!closed) {
                call.sendMessage(frame);
            }
        }

        synchronized void close(Status status) {
            if (!closed) {
                closed = true;
                call.close(status, new Metadata());
            }
        }

        /** One that moved still gets what the other sends, until that one has left too. */
        private void leave(DetachReason reason) {
            FakeLeg other = peer;
            if (reason.equals(DetachReason.MOVED) && other != null) {
                other.send(FrameCodec.encode(new Frame.PeerLost()));
                moved = true;
                if (other.moved) {
                    close(Status.OK);
                    other.close(Status.OK);
                }
                return;
            }
            close(Status.OK);
            if (other != null) {
                other.close(Status.OK);
            }
        }

        /** Asks for the next message only when the other leg takes it. */
        private void owe(FakeLeg other) {
            synchronized (this) {
                owed++;
            }
            if (other.call.isReady()) {
                pay();
            }
        }

        /** Asking may bring the next message at once, on this thread, which then owes again. */
        private synchronized void pay() {
            int due = owed;
            owed = 0;
            if (due > 0) {
                call.request(due);
            }
        }
    }
}
