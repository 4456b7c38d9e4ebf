package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.PairingRules;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.bascule.tunnel.ResetCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong with one tunnel is nothing to the others of its bridge. */
class TunnelsTests {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final int COUNT = 20;
    private static final int RESET = type(new Frame.Reset(ResetCode.CLOSED, ""));
    private static final int MIGRATE = type(new Frame.Migrate(0, ""));

    private final AgentEnd agentEnd = new AgentEnd(UUID.randomUUID(), "ticket");
    private final TunnelLedger ledger = new TunnelLedger(new ClosedTunnels(100));
    private final Migrations migrations = new Migrations(new SimpleMeterRegistry());
    private Instant now = Instant.EPOCH;
    private final Tunnels tunnels = new Tunnels(
            new TunnelContext(
                    new PairingRules(WAIT, WAIT),
                    () -> now,
                    new WillingAgents(),
                    new BufferBudget(1_000_000, 1_000_000),
                    ledger,
                    migrations,
                    new Faults(new SimpleMeterRegistry())),
            100);
    private final List<FakeLegStream> clients =
            IntStream.range(0, COUNT).mapToObj(this::waiting).toList();

    @Test
    void timePassesForAllTunnelsAlthoughOneThrows() {
        everyOtherOneFails();
        now = now.plus(WAIT);

        assertThatThrownBy(tunnels::endLate).as("is told").hasMessage("does not send");

        assertThat(clients).allSatisfy(client -> assertThat(types(client)).contains(RESET));
        assertThat(tunnels.live()).as("those that threw are over as well").isZero();
    }

    @Test
    void theOtherEndAndTheApiHearOfATunnelsEndAlthoughOneEndThrows() {
        FakeLegStream agent = agentComes(0);
        clients.getFirst().onSend = TunnelsTests::fail;

        assertThatThrownBy(() -> tunnels.reset(new UUID(0, 0), ResetCode.REVOKED, "over"))
                .as("is told")
                .hasMessage("does not send");

        assertThat(types(agent)).contains(RESET);
        assertThat(agent.ended).isTrue();
        assertThat(ledger.closed().oldest(1)).singleElement().satisfies(closed -> {
            assertThat(closed.tunnel()).isEqualTo(new UUID(0, 0));
            assertThat(closed.code()).isEqualTo(ResetCode.REVOKED);
        });
        assertThat(tunnels.live()).isEqualTo(COUNT - 1);
    }

    @Test
    void aTunnelThatAnErrorEndsIsNotCountedAnyMore() {
        agentComes(0);
        clients.getFirst().onSend = () -> {
            throw new OutOfMemoryError("as if");
        };

        assertThatThrownBy(() -> tunnels.reset(new UUID(0, 0), ResetCode.REVOKED, "over"))
                .hasMessage("as if");

        assertThat(tunnels.live()).isEqualTo(COUNT - 1);
        assertThat(ledger.closed().oldest(1)).hasSize(1);
    }

    @Test
    void aLegWhoseAttachingFailsLeavesItsTunnelAgain() {
        clients.getFirst().onSend = TunnelsTests::fail;

        assertThatThrownBy(() -> agentComes(0)).hasMessage("does not send");
        now = now.plus(WAIT);
        assertThatThrownBy(tunnels::endLate).hasMessage("does not send");

        assertThat(tunnels.find(new UUID(0, 0)))
                .hasValueSatisfying(tunnel -> assertThat(tunnel.isLive()).isFalse());
    }

    @Test
    void whatIsOverIsRememberedForTwoMinutesAndWhatIsNotForAsLongAsItLives() {
        agentComes(1);
        tunnels.reset(new UUID(0, 0), ResetCode.CLOSED, "over");

        now = now.plusSeconds(119);
        tunnels.forgetOld();
        assertThat(tunnels.find(new UUID(0, 0))).isPresent();

        now = now.plusSeconds(2);
        tunnels.forgetOld();
        assertThat(tunnels.find(new UUID(0, 0))).isEmpty();
        assertThat(tunnels.find(new UUID(0, 1))).isPresent();
        assertThat(tunnels.live()).isEqualTo(COUNT - 1);
    }

    @Test
    void allTunnelsAreLetGoAlthoughOneThrowsAndNoneTakesTheOtherEndToHaveLeft() {
        everyOtherOneFails();

        assertThatThrownBy(() -> tunnels.abandonAll("stopped")).hasMessage("does not send");

        assertThat(clients).allSatisfy(client -> assertThat(types(client)).containsExactly(MIGRATE));
        assertThat(clients.stream().filter(client -> client.ended)).hasSize(COUNT / 2);
        assertThat(tunnels.live()).isZero();
    }

    @Test
    void thoseUnderWayAreThoseThatWereAskedOfLateAndAreHere() {
        IntStream.range(0, COUNT).forEach(this::agentComes);

        assertThat(tunnels.migrate(12, WAIT)).isEqualTo(12);
        assertThat(tunnels.movingSince(now.minusSeconds(3))).isEqualTo(12);
        now = now.plusSeconds(2);
        assertThat(tunnels.migrate(3, WAIT)).isEqualTo(3);
        assertThat(tunnels.movingSince(now.minusSeconds(3))).isEqualTo(15);
        now = now.plusSeconds(1);
        assertThat(tunnels.movingSince(now.minusSeconds(3)))
                .as("twelve have had their time")
                .isEqualTo(3);

        tunnels.resetOfAgent(agentEnd.agent(), ResetCode.REVOKED, "over");
        assertThat(tunnels.movingSince(now.minusSeconds(3))).isZero();
    }

    @Test
    void whatIsLetGoCountsAsAskedAndStranded() {
        IntStream.range(0, COUNT).forEach(this::agentComes);
        tunnels.migrate(5, WAIT);

        tunnels.abandonAll("stopped");

        assertThat(migrations.asked()).isEqualTo(COUNT);
        assertThat(migrations.settled(Migrations.Outcome.STRANDED)).isEqualTo(COUNT);
    }

    private FakeLegStream agentComes(int number) {
        FakeLegStream stream = new FakeLegStream();
        Leg leg = new Leg(new LegId(1000 + number), stream);
        tunnels.find(new UUID(0, number))
                .orElseThrow()
                .attach(leg, new Attaching(EndRole.AGENT, leg.id(), 1, false), agentEnd);
        return stream;
    }

    private FakeLegStream waiting(int number) {
        FakeLegStream stream = new FakeLegStream();
        Leg leg = new Leg(new LegId(number + 1), stream);
        tunnels.findOrAdmit(new UUID(0, number), agentEnd)
                .orElseThrow()
                .attach(leg, new Attaching(EndRole.CLIENT, leg.id(), 1, false), agentEnd);
        return stream;
    }

    /** In whatever order they are gone over, there are some behind one that fails. */
    private void everyOtherOneFails() {
        for (int number = 0; number < COUNT; number += 2) {
            clients.get(number).onSend = TunnelsTests::fail;
        }
    }

    private static void fail() {
        throw new IllegalStateException("does not send");
    }

    private static List<Integer> types(FakeLegStream stream) {
        return stream.sent.stream().map(EncodedFrame::type).toList();
    }

    private static int type(Frame frame) {
        return FrameCodec.encode(frame).type();
    }
}
