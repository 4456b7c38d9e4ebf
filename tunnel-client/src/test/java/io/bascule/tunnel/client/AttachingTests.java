package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.testsupport.Streams;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which bridge an end attaches to, and what becomes of a tunnel whose legs are lost. */
@Timeout(300)
class AttachingTests {

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
    void aRefusalsTextReachesTheUser() throws Exception {
        tunnel.open(tunnel.bridge("bridge-0")
                .refusing(AttachStatus.DENIED, "the ticket has expired")
                .grant());

        assertThat(tunnel.outcomeAtClient())
                .isEqualTo(new TunnelOutcome.Refused(AttachStatus.DENIED, "bridge-0: the ticket has expired"));
        assertThatThrownBy(() -> tunnel.atClient.program().read(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aBusyBridgeIsPassedOver() throws Exception {
        tunnel.open(
                tunnel.bridge("bridge-0").refusing(AttachStatus.BUSY, "full").grant(),
                tunnel.bridge("bridge-1").grant());

        Transfer.bothWays(tunnel, 100_000);
    }

    @Test
    void aBridgeThatIsNotThereIsPassedOver() throws Exception {
        FakeBridge gone = tunnel.bridge("bridge-0");
        GrantedBridge notThere = gone.grant();
        gone.close();

        tunnel.open(notThere, tunnel.bridge("bridge-1").grant());

        Transfer.bothWays(tunnel, 100_000);
    }

    @Test
    void ofSeveralRefusalsTheOneThatSaysMostIsTold() throws Exception {
        tunnel.open(
                tunnel.bridge("bridge-0").refusing(AttachStatus.BUSY, "full").grant(),
                tunnel.bridge("bridge-1")
                        .refusing(AttachStatus.DENIED, "not yours")
                        .grant());

        assertThat(tunnel.outcomeAtClient())
                .isEqualTo(new TunnelOutcome.Refused(AttachStatus.DENIED, "bridge-1: not yours"));
    }

    @Test
    void whenNoBridgeCanBeReachedTheUserLearnsWhichOneAndWhy() throws Exception {
        FakeBridge gone = tunnel.bridge("bridge-0");
        GrantedBridge notThere = gone.grant();
        gone.close();

        tunnel.open(notThere);

        assertThat(tunnel.outcomeAtClient())
                .isInstanceOfSatisfying(
                        TunnelOutcome.Lost.class,
                        lost -> assertThat(lost.text())
                                .startsWith("bridge-0 at 127.0.0.1:")
                                .containsIgnoringCase("connection refused"));
    }

    @Test
    void aBridgeWithACertificateFromElsewhereIsNotTrusted() throws Exception {
        try (FakeBridge foreign = new FakeBridge("bridge-0", new TestAuthority())) {
            tunnel.open(foreign.grant());

            assertThat(tunnel.outcomeAtClient())
                    .isInstanceOfSatisfying(
                            TunnelOutcome.Lost.class,
                            lost -> assertThat(lost.text()).contains("bridge-0"));
        }
    }

    @Test
    void aBridgeThatAnswersUnderAnotherNameIsNotTrusted() throws Exception {
        GrantedBridge right = tunnel.bridge("bridge-0").grant();

        tunnel.open(new GrantedBridge(right.id(), right.address(), "bridge-9.bridge.test", right.ticket()));

        assertThat(tunnel.outcomeAtClient())
                .isInstanceOfSatisfying(
                        TunnelOutcome.Lost.class,
                        lost -> assertThat(lost.text()).contains("bridge-9.bridge.test"));
    }

    @Test
    void aTransferGoesOnOverAnotherBridgeWhenLegsBreak() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1");
        tunnel.open(first.grant(), second.grant());
        CompletableFuture<Integer> breaks = Transfer.breaking(tunnel, 30, first, second);

        Transfer.bothWays(tunnel, 64 << 20);

        // How many there is time for depends on the machine: bytes do not wait for who breaks legs.
        assertThat(Transfer.result(breaks)).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aTransferMovesBackAndForthWhenAskedWithoutALegBeingLost() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1");
        tunnel.open(first.grant(), second.grant());
        CompletableFuture<Integer> moves = Streams.background(() -> {
            int moved = 0;
            while (moved < 20 && Transfer.awaitProgress(tunnel.client(), 1_000_000)) {
                (moved % 2 == 0 ? first : second).migrate(moved % 2 == 0 ? "bridge-1" : "bridge-0");
                moved++;
                int expected = moved;
                while (first.reported().size() + second.reported().size() < expected
                        && tunnel.client().await(Duration.ofMillis(1)).isEmpty()) {
                    // Until the client has told of this move.
                }
            }
            return moved;
        });

        Transfer.bothWays(tunnel, 64 << 20);

        // How many there is time for depends on the machine: bytes do not wait for a move.
        assertThat(Transfer.result(moves)).isGreaterThanOrEqualTo(2);
        assertThat(first.reported()).isNotEmpty();
        assertThat(first.reported()).allSatisfy(move -> {
            assertThat(move.planned()).isTrue();
            assertThat(move.stallMicros()).isZero();
        });
    }

    @Test
    void aMoveThatFailsLeavesTheTunnelWhereItIsAndIsTriedAgain() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1").refusing(AttachStatus.BUSY, "full");
        tunnel.open(first.grant(), second.grant());
        Transfer.exchange(tunnel);

        first.refusing(AttachStatus.BUSY, "stopping").migrate("");
        Transfer.exchange(tunnel);
        second.refusing(null, "");
        while (second.reported().isEmpty()) {
            assertThat(tunnel.client().await(Duration.ofMillis(5))).isEmpty();
        }

        Transfer.bothWays(tunnel, 1 << 20);
    }

    @Test
    void aMoveWhoseLegIsLostBeforeTheOtherEndHasComeIsTriedAgain() throws Exception {
        FakeBridge first = tunnel.bridge("bridge-0");
        FakeBridge second = tunnel.bridge("bridge-1").cuttingOnceBeforeHello();
        tunnel.open(first.grant(), second.grant());
        Transfer.exchange(tunnel);

        first.refusing(AttachStatus.BUSY, "stopping").migrate("bridge-1");
        second.awaitCut();
        Transfer.exchange(tunnel);
        while (second.reported().isEmpty()) {
            assertThat(tunnel.client().await(Duration.ofMillis(5))).isEmpty();
        }

        assertThat(second.reported()).containsExactly(new Frame.Resumed(true, 0));
        Transfer.bothWays(tunnel, 1 << 20);
    }

    @Test
    void aTunnelOutlivesTheLossOfTheAgentsLegAlone() throws Exception {
        FakeBridge only = tunnel.bridge("bridge-0");
        tunnel.open(only.grant());
        Transfer.exchange(tunnel);

        only.breakAgentLeg();

        Transfer.bothWays(tunnel, 1 << 20);
    }

    @Test
    void whenNoLegCanBeHadForTooLongBothEndsAreToldAndTheirProgramsReset() throws Exception {
        FakeBridge only = tunnel.bridge("bridge-0");
        tunnel.holding(Duration.ofMillis(300)).open(only.grant());
        Transfer.exchange(tunnel);
        only.onClientWaiting((bridge, epoch) -> {});
        only.deaf();

        only.breakLegs();

        assertThat(tunnel.outcomeAtClient())
                .isInstanceOfSatisfying(
                        TunnelOutcome.Lost.class,
                        lost -> assertThat(lost.text()).contains("300 ms"));
        assertThat(tunnel.outcomeAtAgent()).isInstanceOf(TunnelOutcome.Lost.class);
        assertThatThrownBy(() -> tunnel.atAgent.program().read(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> tunnel.atClient.program().read(ByteBuffer.allocate(1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAgentEndThatWaitsAtABridgeGoesToTheNextOneWhenCalled() throws Exception {
        FakeBridge dying = tunnel.bridge("bridge-0");
        dying.onClientWaiting((bridge, epoch) -> {
            bridge.deaf();
            tunnel.callAgent(bridge, epoch);
            bridge.breakLegs();
        });

        tunnel.open(dying.grant(), tunnel.bridge("bridge-1").grant());

        Transfer.bothWays(tunnel, 100_000);
    }

    @Test
    void anAgentEndGoesToNewerEpochsOnly() throws Exception {
        FakeBridge only = tunnel.bridge("bridge-0");
        tunnel.open(only.grant());
        Transfer.exchange(tunnel);

        assertThat(tunnel.agent().moveTo(only.grant(), 1, false)).isFalse();
        tunnel.client().close();
        tunnel.agent().awaitGone();
        assertThat(tunnel.agent().moveTo(only.grant(), 2, false)).as("over").isFalse();
    }
}
