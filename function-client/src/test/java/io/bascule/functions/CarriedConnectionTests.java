package io.bascule.functions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bascule.protocol.runner.v1.ConnectionPart;
import io.bascule.protocol.runner.v1.RunnerGrpc;
import io.bascule.testsupport.Await;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of what a call sees. */
@Timeout(120)
class CarriedConnectionTests {

    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final OnlyCall channel = new OnlyCall();

    @Test
    void aWriteThatFailsIsToldAndTheCallLeftToTheRunnerToEnd() throws Exception {
        var carried =
                new CarriedConnection(RunnerGrpc.newBlockingV2Stub(channel).carry(), new BrokenTunnel());
        Thread carrying = Thread.ofPlatform().start(() -> {
            try (carried) {
                carried.carry("c-1");
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(part().hasOpening()).isTrue();
        channel.says(ConnectionPart.newBuilder()
                .setData(ByteString.copyFromUtf8("question"))
                .build());

        assertThat(part().getFailure().getMessage()).isEqualTo("The agent has gone");
        Await.until(() -> List.of(Thread.State.WAITING, Thread.State.TERMINATED).contains(carrying.getState()));
        assertThat(told).as("a cancel, which overtakes the failure").isEmpty();
        channel.ends();
        carrying.join();
    }

    private ConnectionPart part() throws InterruptedException {
        return (ConnectionPart) told.poll(60, TimeUnit.SECONDS);
    }

    /** A channel of one call, whose other end is the test. */
    private final class OnlyCall extends Channel {

        private Executor executor = Runnable::run;
        private ClientCall.Listener<ConnectionPart> listener = new ClientCall.Listener<>() {};

        @Override
        @SuppressWarnings("unchecked")
        public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
            executor = requireNonNull(options.getExecutor());
            return (ClientCall<Q, A>) new Call();
        }

        @Override
        public String authority() {
            return "test";
        }

        void says(ConnectionPart part) {
            executor.execute(() -> listener.onMessage(part));
        }

        void ends() {
            executor.execute(() -> listener.onClose(Status.OK, new Metadata()));
        }

        private final class Call extends ClientCall<ConnectionPart, ConnectionPart> {

            @Override
            public void start(Listener<ConnectionPart> answers, Metadata headers) {
                listener = answers;
            }

            @Override
            public void request(int messages) {}

            @Override
            public void cancel(@Nullable String message, @Nullable Throwable cause) {
                told.add("cancelled");
            }

            @Override
            public void halfClose() {}

            @Override
            public void sendMessage(ConnectionPart part) {
                told.add(part);
            }
        }
    }

    /** Takes nothing, and says nothing until it is closed. */
    private static final class BrokenTunnel implements ResourceTunnel {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read(byte[] buffer) throws IOException {
            try {
                closed.await();
                return -1;
            } catch (InterruptedException interrupted) {
                throw new InterruptedIOException();
            }
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            throw new IOException("broken");
        }

        @Override
        public void closeOutput() {}

        @Override
        public Optional<String> whyEnded() {
            return Optional.of("The agent has gone");
        }

        @Override
        public void awaitDelivery() {}

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
