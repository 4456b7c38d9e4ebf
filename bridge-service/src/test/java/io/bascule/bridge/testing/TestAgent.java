package io.bascule.bridge.testing;

import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.BridgeControlGrpc;
import io.bascule.protocol.tunnel.v1.BridgeMessage;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.protocol.tunnel.v1.Pong;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent's control stream without an agent behind it. */
public final class TestAgent implements StreamObserver<BridgeMessage> {

    private static final Logger LOG = LoggerFactory.getLogger(TestAgent.class);

    private final BlockingQueue<BridgeMessage> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<AgentMessage> out;
    private volatile @Nullable Consumer<Open> called;

    public TestAgent(Channel channel) {
        out = BridgeControlGrpc.newStub(channel).control(this);
    }

    /** What to do when called; else calls are kept for {@link #nextOpen}. */
    public TestAgent onOpen(Consumer<Open> answer) {
        called = answer;
        return this;
    }

    public TestAgent hello(String instance) {
        return say(AgentMessage.newBuilder()
                .setHello(AgentHello.newBuilder()
                        .setInstance(instance)
                        .setVersion("1.2.3")
                        .setProtocolVersion(1))
                .build());
    }

    public TestAgent refuse(Open open, int code, String text) {
        return say(AgentMessage.newBuilder()
                .setOpenRefused(OpenRefused.newBuilder()
                        .setTunnel(open.getTunnel())
                        .setEpoch(open.getEpoch())
                        .setCode(code)
                        .setText(text))
                .build());
    }

    public TestAgent say(AgentMessage message) {
        out.onNext(message);
        return this;
    }

    public void leave() {
        out.onCompleted();
    }

    /** The next message of this kind; others are skipped. */
    public BridgeMessage next(BridgeMessage.MessageCase kind) throws InterruptedException {
        while (true) {
            BridgeMessage message = messages.poll(60, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no " + kind + " came; stream ended: " + end);
            }
            if (message.getMessageCase() == kind) {
                return message;
            }
        }
    }

    public Open nextOpen() throws InterruptedException {
        return next(BridgeMessage.MessageCase.OPEN).getOpen();
    }

    public Status awaitEnd() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(BridgeMessage message) {
        Consumer<Open> answer = called;
        if (answer != null && message.hasOpen()) {
            come(answer, message.getOpen());
            return;
        }
        if (answer != null && message.hasPing()) {
            say(AgentMessage.newBuilder()
                    .setPong(Pong.newBuilder().setSequence(message.getPing().getSequence()))
                    .build());
            return;
        }
        messages.add(message);
    }

    /** What fails here ends the stream, and with it whatever the test does; it is to be seen why. */
    private static void come(Consumer<Open> answer, Open open) {
        try {
            answer.accept(open);
        } catch (RuntimeException failed) {
            LOG.error("the agent cannot come", failed);
            throw failed;
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
