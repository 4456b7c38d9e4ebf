package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.EndRole;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An end that has finished sees to it that the other one learns so, whatever becomes of its last acknowledgement. */
@Timeout(300)
class LastWordTests {

    private static final TunnelOutcome FINISHED = new TunnelOutcome.Finished(4, 4);

    private TunnelFixture tunnel;

    @BeforeEach
    void start() throws Exception {
        tunnel = new TunnelFixture();
    }

    @AfterEach
    void stop() throws Exception {
        tunnel.close();
    }

    @Test
    void aClientThatMissedTheAgentsLastWordAsksForItAgain() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheLastWordOf(EndRole.AGENT, 4);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        end(tunnel.atAgent.program(), tunnel.atClient.program());
        end(tunnel.atClient.program(), tunnel.atAgent.program());
        bridge.awaitCut();

        assertThat(tunnel.outcomeAtAgent()).isEqualTo(FINISHED);
        assertThat(tunnel.outcomeAtClient()).isEqualTo(FINISHED);
        assertThat(bridge.epochs()).as("came again").hasSizeGreaterThan(1);
    }

    @Test
    void anAgentThatMissedTheClientsLastWordIsCalledToHearItAgain() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheLastWordOf(EndRole.CLIENT, 4);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        end(tunnel.atClient.program(), tunnel.atAgent.program());
        end(tunnel.atAgent.program(), tunnel.atClient.program());
        bridge.awaitCut();

        assertThat(tunnel.outcomeAtClient()).isEqualTo(FINISHED);
        assertThat(tunnel.outcomeAtAgent()).isEqualTo(FINISHED);
        assertThat(bridge.epochs()).as("came again").hasSizeGreaterThan(1);
    }

    @Test
    void aClientStaysNoLongerThanItsAgent() throws Exception {
        tunnel.open(tunnel.bridge("bridge-0").grant());
        Transfer.exchange(tunnel);

        end(tunnel.atClient.program(), tunnel.atAgent.program());
        end(tunnel.atAgent.program(), tunnel.atClient.program());

        long begin = System.nanoTime();
        assertThat(tunnel.outcomeAtClient()).isEqualTo(FINISHED);
        tunnel.client().awaitGone();
        assertThat(System.nanoTime() - begin).isLessThan(LastWord.LINGER.toNanos() / 2);
        assertThat(tunnel.agent().mayBeCalled()).as("for a while").isTrue();
    }

    @Test
    void anEndThatHasFinishedIsGoneInTheEnd() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheLastWordOf(EndRole.CLIENT, 4);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);
        bridge.onClientWaiting((at, epoch) -> {});

        end(tunnel.atClient.program(), tunnel.atAgent.program());
        end(tunnel.atAgent.program(), tunnel.atClient.program());
        bridge.awaitCut();

        assertThat(tunnel.outcomeAtClient()).isEqualTo(FINISHED);
        CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> {
            try {
                tunnel.client().awaitGone();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(gone.get(2 * LastWord.LINGER.toSeconds(), TimeUnit.SECONDS)).isNull();
        assertThat(tunnel.client().mayBeCalled()).isFalse();
    }

    /** One program says that it sends no more, and the other has heard of it. */
    private static void end(SocketChannel program, SocketChannel other) throws Exception {
        program.shutdownOutput();
        while (other.read(ByteBuffer.allocate(16)) >= 0) {
            // On to the end.
        }
    }
}
