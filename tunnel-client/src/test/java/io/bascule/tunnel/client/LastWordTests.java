package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamState.Origin;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An end that has finished, or resets the tunnel, sees to it that the other one learns so, whatever becomes of the frame that says so. */
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
        bridge.passed().awaitAcknowledgement(EndRole.CLIENT, 5);
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
        bridge.passed().awaitAcknowledgement(EndRole.AGENT, 5);
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
        bridge.passed().awaitAcknowledgement(EndRole.AGENT, 5);
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

    @Test
    void anAgentThatMissedTheClientsResetIsCalledToHearItAgain() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheResetOf(EndRole.CLIENT);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        tunnel.client().close();
        bridge.awaitCut();

        assertThat(tunnel.outcomeAtAgent())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.CLOSED, "closed by the client", Origin.OTHER_END));
        assertThat(bridge.epochs()).as("came again").hasSizeGreaterThan(1);
    }

    @Test
    void aClientThatMissedTheAgentsResetHearsItAgainWithTheReason() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheResetOf(EndRole.AGENT);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        tunnel.agent().close(ResetCode.TARGET_RESET, "reset by the target");
        bridge.awaitCut();

        assertThat(tunnel.outcomeAtClient())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.TARGET_RESET, "reset by the target", Origin.OTHER_END));
    }

    @Test
    void aClientThatResetsItsTunnelWithoutALegFindsTheAgentAllTheSame() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1").refusing(AttachStatus.BUSY, "not yet");
        tunnel.open(first.grant(), second.grant());
        Transfer.exchange(tunnel);
        first.refusing(AttachStatus.BUSY, "not again");
        first.breakLegs();
        Await.until(() -> tunnel.client().interruption().isPresent());

        tunnel.client().close();
        assertThat(tunnel.outcomeAtClient()).as("told at once").isInstanceOf(TunnelOutcome.Reset.class);
        second.refusing(null, "");

        assertThat(tunnel.outcomeAtAgent())
                .isEqualTo(new TunnelOutcome.Reset(ResetCode.CLOSED, "closed by the client", Origin.OTHER_END));
        tunnel.client().awaitGone();
    }

    @Test
    void anEndThatLingersWhileItsProgramEndsIsGone() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0");
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);
        end(tunnel.atClient.program(), tunnel.atAgent.program());
        end(tunnel.atAgent.program(), tunnel.atClient.program());
        assertThat(tunnel.outcomeAtAgent()).isEqualTo(FINISHED);
        AtomicReference<@Nullable Throwable> uncaught = new AtomicReference<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> uncaught.set(failure));
        try {
            tunnel.agentConnector().close();

            long begin = System.nanoTime();
            tunnel.agent().moveTo(bridge.grant(), 9, false);
            tunnel.agent().awaitGone();

            assertThat(System.nanoTime() - begin).isLessThan(LastWord.LINGER.toNanos() / 2);
            assertThat(uncaught).hasNullValue();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aConnectorThatIsClosedWaitsForNoAgentThatSaysNothing() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0").losingTheResetAloneOf(EndRole.CLIENT);
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        tunnel.client().close();
        assertThat(tunnel.outcomeAtClient()).isInstanceOf(TunnelOutcome.Reset.class);
        bridge.awaitCut();
        long begin = System.nanoTime();
        tunnel.clientConnector().close();

        assertThat(System.nanoTime() - begin).isLessThan(BridgeConnector.CLOSE_TIMEOUT.toNanos());
        tunnel.client().awaitGone();
    }

    /** One program says that it sends no more, and the other has heard of it. */
    private static void end(SocketChannel program, SocketChannel other) throws Exception {
        program.shutdownOutput();
        while (other.read(ByteBuffer.allocate(16)) >= 0) {
            // On to the end.
        }
    }
}
