package io.bascule.agent.control;

import io.bascule.agent.platform.Backoff;
import io.bascule.agent.platform.BridgeLocation;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.tunnel.client.BridgeConnector;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps control streams to two bridges at a time, for as long as there are two. One virtual thread each; a stream that
 * broke is replaced after a pause with full jitter, by the bridge that was tried longest ago. Start and stop may be called
 * repeatedly; once stopped it stays so.
 */
public final class ControlSlots {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSlots.class);
    private static final int SLOTS = 2;
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final BridgeConnector connector;
    private final KnownBridges bridges;
    private final ControlListener listener;
    private final AgentHello hello;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<ControlStream> streams = ConcurrentHashMap.newKeySet();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private boolean started;

    /** @param listener is told what bridges say; the list of bridges only when it is news */
    public ControlSlots(
            BridgeConnector connector, List<BridgeLocation> bridges, ControlListener listener, String version) {
        this.connector = connector;
        this.bridges = new KnownBridges(bridges);
        this.listener = new Filter(this.bridges, listener);
        this.hello = ControlStream.hello(UUID.randomUUID().toString(), version);
    }

    public synchronized void start() {
        if (started) {
            return;
        }
        started = true;
        for (int slot = 0; slot < SLOTS; slot++) {
            Thread.ofVirtual().name("control-" + slot).start(this::keepConnected);
        }
    }

    /** Leaves all bridges; they see this agent as gone at once. */
    public void stop() {
        stopped.countDown();
        streams.forEach(ControlStream::leave);
    }

    /** Bridges that have answered the hello and not ended the stream. */
    public int connected() {
        return (int) streams.stream().filter(ControlStream::wasWelcomed).count();
    }

    private void keepConnected() {
        Backoff backoff = new Backoff();
        try {
            while (stopped.getCount() > 0) {
                var bridge = bridges.take(LOOK_AGAIN);
                if (bridge.isPresent() && connect(bridge.get(), backoff)) {
                    boolean _ = stopped.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the slot is free; says whether to pause before the next attempt. */
    private boolean connect(BridgeLocation bridge, Backoff backoff) throws InterruptedException {
        ManagedChannel channel = connector.newChannel(bridge.address(), bridge.authority());
        ControlStream stream = new ControlStream(bridge, channel, hello, listener, executor);
        streams.add(stream);
        if (stopped.getCount() == 0) {
            stream.leave();
        }
        StreamEnd end = stream.awaitEnd(SILENCE);
        if (stream.wasWelcomed()) {
            backoff.reset();
        }
        return switch (end) {
            case StreamEnd.Draining() -> {
                Thread.ofVirtual()
                        .name("control-draining-" + bridge.id())
                        .start(() -> awaitLast(bridge, channel, stream));
                yield false;
            }
            case StreamEnd.Over(String reason) -> {
                tellLoss(bridge, reason, stream.wasWelcomed() || backoff.isFirst());
                close(bridge, channel, stream);
                yield true;
            }
        };
    }

    private void awaitLast(BridgeLocation bridge, ManagedChannel channel, ControlStream stream) {
        try {
            while (stream.awaitEnd(SILENCE) instanceof StreamEnd.Draining) {
                LOG.debug("{}: still stopping", bridge.id());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            close(bridge, channel, stream);
        }
    }

    private void close(BridgeLocation bridge, ManagedChannel channel, ControlStream stream) {
        streams.remove(stream);
        channel.shutdownNow();
        bridges.release(bridge);
    }

    private void tellLoss(BridgeLocation bridge, String reason, boolean isNews) {
        if (isNews && stopped.getCount() > 0) {
            LOG.warn("not connected to {} at {}, trying again: {}", bridge.id(), bridge.address(), reason);
        }
    }

    private record Filter(KnownBridges bridges, ControlListener listener) implements ControlListener {

        @Override
        public void bridges(List<BridgeLocation> up) {
            if (bridges.replace(up)) {
                listener.bridges(up);
            }
        }

        @Override
        public void revoke(UUID tunnel, String reason) {
            listener.revoke(tunnel, reason);
        }

        @Override
        public void open(BridgeLocation from, UUID tunnel, long epoch, String ticket, boolean raw, Replies replies) {
            listener.open(from, tunnel, epoch, ticket, raw, replies);
        }
    }
}
