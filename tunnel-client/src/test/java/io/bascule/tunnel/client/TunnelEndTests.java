package io.bascule.tunnel.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.Streams;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.StreamState.Origin;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TunnelEndTests {

    private TunnelFixture tunnel;
    private FakeBridge bridge;

    @BeforeEach
    void start() throws Exception {
        tunnel = new TunnelFixture();
        bridge = tunnel.bridge("bridge-0");
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
    }

    @Test
    void sixtyFourMebibytesPassBothWaysAtOnceUnchanged() throws Exception {
        tunnel.open(bridge.grant());

        Transfer.bothWays(tunnel, 64 << 20);
    }

    @Test
    void oneSideMayCloseWhileTheOtherStillSends() throws Exception {
        tunnel.open(bridge.grant());
        write(tunnel.atClient.program(), "question");
        tunnel.atClient.program().shutdownOutput();

        assertThat(readToTheEnd(tunnel.atAgent.program())).isEqualTo("question");
        write(tunnel.atAgent.program(), "the answer");
        tunnel.atAgent.program().close();

        assertThat(readToTheEnd(tunnel.atClient.program())).isEqualTo("the answer");
        assertThat(tunnel.outcomeAtClient()).isEqualTo(new TunnelOutcome.Finished(8, 10));
        assertThat(tunnel.outcomeAtAgent()).isEqualTo(new TunnelOutcome.Finished(10, 8));
    }

    @Test
    void aReaderThatPausesHoldsItsWriterAndNoMemory() throws Exception {
        long size = 32 << 20;
        int window = 2 * StreamSettings.DEFAULT.window();
        tunnel.withWindow(window / 2, window).open(bridge.grant());
        CompletableFuture<String> sent = Streams.sending(tunnel.atClient.program(), size, 1);
        long stalledAt = Transfer.awaitStall(tunnel.client()::bytesSent);

        assertThat(stalledAt).isLessThan(size);
        assertThat(tunnel.client().bytesHeld()).isBetween(1L, 2L * window + 65_536);
        assertThat(tunnel.agent().bytesHeld()).isBetween(1L, 2L * window + 65_536);
        tunnel.atAgent.program().shutdownOutput();
        assertThat(Transfer.result(Streams.receiving(tunnel.atAgent.program()))).isEqualTo(Transfer.result(sent));
        assertThat(tunnel.outcomeAtClient()).isEqualTo(new TunnelOutcome.Finished(size, 0));
    }

    @Test
    void aStalledDirectionDoesNotStallTheOther() throws Exception {
        tunnel.open(bridge.grant());
        CompletableFuture<String> stalled = Streams.sending(tunnel.atClient.program(), 32 << 20, 1);
        Transfer.awaitStall(tunnel.client()::bytesSent);

        CompletableFuture<String> sent = Streams.sending(tunnel.atAgent.program(), 8 << 20, 2);

        assertThat(Transfer.result(Streams.receiving(tunnel.atClient.program())))
                .isEqualTo(Transfer.result(sent));
        assertThat(stalled).isNotDone();
    }

    @Test
    void aResetByTheTargetReachesTheClientsProgramAsAReset() throws Exception {
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        tunnel.atAgent.program().setOption(StandardSocketOptions.SO_LINGER, 0);
        tunnel.atAgent.program().close();

        assertThatThrownBy(() -> readToTheEnd(tunnel.atClient.program()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("reset");
        assertThat(tunnel.outcomeAtClient()).isInstanceOfSatisfying(TunnelOutcome.Reset.class, reset -> {
            assertThat(reset.code()).isEqualTo(ResetCode.TARGET_RESET);
            assertThat(reset.origin()).isEqualTo(Origin.OTHER_END);
        });
        assertThat(tunnel.outcomeAtAgent())
                .isInstanceOfSatisfying(
                        TunnelOutcome.Reset.class,
                        reset -> assertThat(reset.origin()).isEqualTo(Origin.THIS_END));
    }

    @Test
    void closingOneEndTellsTheOther() throws Exception {
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        tunnel.client().close();
        tunnel.client().close();

        assertThat(tunnel.outcomeAtAgent())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.CLOSED, "closed by the client", Origin.OTHER_END));
        assertThat(tunnel.outcomeAtClient())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.CLOSED, "closed by the client", Origin.THIS_END));
        assertThatThrownBy(() -> readToTheEnd(tunnel.atAgent.program())).isInstanceOf(IOException.class);
    }

    @Test
    void anEndWhoseLocalConnectionIsClosedAlreadySaysSo() throws Exception {
        for (LegKind kind : List.of(LegKind.GRPC, LegKind.AUTO)) {
            try (TunnelFixture closed = new TunnelFixture().withLegs(kind)) {
                closed.atClient.tunnelSide().close();

                closed.open(closed.bridge("bridge-0").grant());

                assertThat(closed.outcomeAtClient())
                        .as(kind.name())
                        .isInstanceOfSatisfying(
                                TunnelOutcome.Reset.class,
                                reset -> assertThat(reset.code()).isEqualTo(ResetCode.TARGET_RESET));
            }
        }
    }

    @Test
    void aBridgesResetInPlaceOfTheAgentReachesTheUserWithItsText() throws Exception {
        bridge.onClientWaiting((at, epoch) ->
                at.sendToAll(FrameCodec.encode(new Frame.Reset(ResetCode.TARGET_REFUSED, "db:5432 refused"))));

        tunnel.open(bridge.grant());

        assertThat(tunnel.outcomeAtClient())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.TARGET_REFUSED, "db:5432 refused", Origin.OTHER_END));
    }

    @Test
    void whatIsNoFrameEndsTheLegAndNotTheProcess() throws Exception {
        tunnel.holding(Duration.ofMillis(200));
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        bridge.onClientWaiting((at, epoch) -> {});
        bridge.sendToAll(EncodedFrame.received((byte) 0x7f, (byte) 1));

        assertThat(tunnel.outcomeAtClient()).isInstanceOf(TunnelOutcome.Lost.class);
    }

    private static void write(SocketChannel program, String text) throws IOException {
        program.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    private static String readToTheEnd(SocketChannel program) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(1024);
        while (program.read(read) >= 0) {
            // On to the end.
        }
        return UTF_8.decode(read.flip()).toString();
    }
}
