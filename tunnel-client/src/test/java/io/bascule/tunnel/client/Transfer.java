package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Streams;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** What tests do with both ends of a tunnel. */
final class Transfer {

    private Transfer() {}

    /** Sends both ways at once over both ends' programs and checks what arrived. */
    static void bothWays(TunnelFixture tunnel, long size) throws Exception {
        CompletableFuture<String> sentByClient = Streams.sending(tunnel.atClient.program(), size, 1);
        CompletableFuture<String> sentByAgent = Streams.sending(tunnel.atAgent.program(), size, 2);
        CompletableFuture<String> receivedByClient = Streams.receiving(tunnel.atClient.program());
        CompletableFuture<String> receivedByAgent = Streams.receiving(tunnel.atAgent.program());

        assertThat(result(receivedByAgent)).isEqualTo(result(sentByClient));
        assertThat(result(receivedByClient)).isEqualTo(result(sentByAgent));
        assertThat(tunnel.outcomeAtClient()).isInstanceOf(TunnelOutcome.Finished.class);
        assertThat(tunnel.outcomeAtAgent()).isInstanceOf(TunnelOutcome.Finished.class);
    }

    /** Breaks the legs at all of these bridges with every million bytes, so many times at most; how often it was. */
    static CompletableFuture<Integer> breaking(TunnelFixture tunnel, int most, FakeBridge... bridges) {
        return Streams.background(() -> {
            int broken = 0;
            while (broken < most && awaitProgress(tunnel.client(), 1_000_000)) {
                for (FakeBridge bridge : bridges) {
                    bridge.breakLegs();
                }
                broken++;
            }
            return broken;
        });
    }

    /** A few bytes each way, so that both ends are known to be up. */
    static void exchange(TunnelFixture tunnel) throws IOException {
        pass(tunnel.atClient.program(), tunnel.atAgent.program());
        pass(tunnel.atAgent.program(), tunnel.atClient.program());
    }

    private static void pass(SocketChannel from, SocketChannel to) throws IOException {
        ByteBuffer arrived = ByteBuffer.allocate(4);
        from.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
        while (arrived.hasRemaining() && to.read(arrived) >= 0) {
            // Until all four are there.
        }
    }

    /** Waits until a figure has stood still for a while; says where. */
    static long awaitStall(LongSupplier figure) throws InterruptedException {
        long last = -1;
        while (figure.getAsLong() != last || last == 0) {
            last = figure.getAsLong();
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return last;
    }

    /** Waits until an end has received so much more; false if it was over before. */
    static boolean awaitProgress(TunnelEnd end, long growth) throws InterruptedException {
        long goal = end.bytesReceived() + growth;
        while (end.bytesReceived() < goal) {
            if (end.await(Duration.ofMillis(1)).isPresent()) {
                return false;
            }
        }
        return true;
    }

    static <T> T result(CompletableFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(120, TimeUnit.SECONDS);
    }
}
