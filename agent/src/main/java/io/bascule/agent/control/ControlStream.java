package io.bascule.agent.control;

import com.google.protobuf.ByteString;
import io.bascule.agent.platform.BridgeLocation;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.BridgeControlGrpc;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Bridges;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.protocol.tunnel.v1.Pong;
import io.bascule.protocol.tunnel.v1.Revoke;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One control stream to one bridge, from hello to its end. Writing is guarded; callbacks come one at a time. */
final class ControlStream implements StreamObserver<BridgeMessage>, ControlListener.Replies {

    private static final Logger LOG = LoggerFactory.getLogger(ControlStream.class);
    private static final int PROTOCOL_VERSION = 1;
    private static final int UUID_BYTES = 16;

    private final BridgeLocation bridge;
    private final ControlListener listener;
    private final Executor executor;
    private final StreamObserver<AgentMessage> out;

    /** Draining and over at most, and signs of life in between that may be lost. */
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(8);

    private volatile boolean welcomed;
    private boolean ended;

    private sealed interface Event {

        record Alive() implements Event {}

        record Ended(StreamEnd end) implements Event {}
    }

    ControlStream(
            BridgeLocation bridge, Channel channel, AgentHello hello, ControlListener listener, Executor executor) {
        this.bridge = bridge;
        this.listener = listener;
        this.executor = executor;
        this.out = BridgeControlGrpc.newStub(channel).withExecutor(executor).control(this);
        say(AgentMessage.newBuilder().setHello(hello).build());
    }

    static AgentHello hello(String instance, String version) {
        return AgentHello.newBuilder()
                .setInstance(instance)
                .setVersion(version)
                .setProtocolVersion(PROTOCOL_VERSION)
                .build();
    }

    /** Waits until the slot is needed no longer; a bridge that is silent for too long counts as gone. */
    StreamEnd awaitEnd(Duration silence) throws InterruptedException {
        while (true) {
            Event event = events.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                return new StreamEnd.Over("nothing was heard for " + silence.toSeconds() + " s");
            }
            switch (event) {
                case Event.Alive() -> LOG.trace("{}: alive", bridge.id());
                case Event.Ended(StreamEnd end) -> {
                    return end;
                }
            }
        }
    }

    /** Whether the bridge has answered the hello. */
    boolean wasWelcomed() {
        return welcomed;
    }

    /** Leaves in order; the bridge then calls another instance. */
    synchronized void leave() {
        if (!ended) {
            ended = true;
            out.onCompleted();
        }
    }

    @Override
    public void refuse(UUID tunnel, long epoch, int code, String text) {
        say(AgentMessage.newBuilder()
                .setOpenRefused(OpenRefused.newBuilder()
                        .setTunnel(ByteString.copyFrom(ByteBuffer.allocate(UUID_BYTES)
                                .putLong(tunnel.getMostSignificantBits())
                                .putLong(tunnel.getLeastSignificantBits())
                                .flip()))
                        .setEpoch((int) epoch)
                        .setCode(code)
                        .setText(text))
                .build());
    }

    @Override
    public void onNext(BridgeMessage message) {
        boolean _ = events.offer(new Event.Alive());
        switch (message.getMessageCase()) {
            case WELCOME -> {
                welcomed = true;
                LOG.info("connected to {} at {}", bridge.id(), bridge.address());
            }
            case OPEN -> open(message.getOpen());
            case BRIDGES -> listener.bridges(locations(message.getBridges()));
            case PING ->
                say(AgentMessage.newBuilder()
                        .setPong(Pong.newBuilder().setSequence(message.getPing().getSequence()))
                        .build());
            case DRAIN -> {
                LOG.info("{} stops soon, dialling another bridge", bridge.id());
                tell(new StreamEnd.Draining());
            }
            case REVOKE -> revoke(message.getRevoke());
            // A newer bridge may say more than this agent understands.
            case MESSAGE_NOT_SET -> {}
        }
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        over(status.getDescription() == null ? status.getCode().toString() : status.getDescription());
    }

    @Override
    public void onCompleted() {
        over("the bridge ended it");
    }

    private void open(Open open) {
        long epoch = Integer.toUnsignedLong(open.getEpoch());
        // Dialling may take seconds; the next message must not wait for it.
        tunnel(open.getTunnel())
                .ifPresent(tunnel -> executor.execute(
                        () -> listener.open(bridge, tunnel, epoch, open.getTicket(), open.getRaw(), this)));
    }

    private void revoke(Revoke revoke) {
        tunnel(revoke.getTunnel()).ifPresent(tunnel -> listener.revoke(tunnel, revoke.getReason()));
    }

    private Optional<UUID> tunnel(ByteString bytes) {
        if (bytes.size() != UUID_BYTES) {
            LOG.warn("{}: told of a tunnel whose id is not 16 bytes, ignored", bridge.id());
            return Optional.empty();
        }
        ByteBuffer id = bytes.asReadOnlyByteBuffer();
        return Optional.of(new UUID(id.getLong(), id.getLong()));
    }

    private synchronized void say(AgentMessage message) {
        if (!ended) {
            out.onNext(message);
        }
    }

    private void over(String reason) {
        synchronized (this) {
            ended = true;
        }
        tell(new StreamEnd.Over(reason));
    }

    private void tell(StreamEnd end) {
        Event event = new Event.Ended(end);
        while (!events.offer(event)) {
            events.poll();
        }
    }

    private static List<BridgeLocation> locations(Bridges bridges) {
        return bridges.getBridgesList().stream()
                .map(one -> new BridgeLocation(one.getId(), one.getAddress(), one.getAuthority()))
                .toList();
    }
}
