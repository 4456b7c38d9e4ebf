package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.pairing.Occurrence;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.PairingRules;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.EncodedFrame;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.FrameCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TunnelTests {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Frame.Migrate MIGRATE = new Frame.Migrate(1_000, "");

    private final FakeLegStream atClient = new FakeLegStream();
    private final FakeLegStream atAgent = new FakeLegStream();
    private final Leg client = new Leg(new LegId(1), atClient);
    private final Leg agent = new Leg(new LegId(2), atAgent);
    private final AgentEnd agentEnd = new AgentEnd(UUID.randomUUID(), "ticket");
    private final TunnelLedger ledger = new TunnelLedger(new ClosedTunnels(10));
    private final Migrations migrations = new Migrations(new SimpleMeterRegistry());
    private final Tunnel tunnel = new Tunnel(
            UUID.randomUUID(),
            agentEnd,
            new TunnelContext(
                    new PairingRules(WAIT, WAIT),
                    InstantSource.system(),
                    new WillingAgents(),
                    new BufferBudget(1_000_000, 1_000_000),
                    ledger,
                    migrations,
                    new Faults(new SimpleMeterRegistry())));

    @Test
    void bothEndsHearThatTheyArePairedBeforeAnythingIsAskedOfEither() {
        atClient.onSend = this::bothGetReady;
        atAgent.onSend = this::bothGetReady;

        tunnel.attach(client, new Attaching(EndRole.CLIENT, client.id(), 1, false), agentEnd);
        tunnel.attach(agent, new Attaching(EndRole.AGENT, agent.id(), 1, false), agentEnd);

        for (FakeLegStream end : List.of(atClient, atAgent)) {
            assertThat(end.sent).extracting(EncodedFrame::type).containsExactly(typeOfAttached());
            assertThat(end.requested).isEqualTo(1);
        }
    }

    @Test
    void endsThatFallBackToThePairingBeforeAreAskedOnceMoreToGoOnElsewhere() {
        pair(1, client, agent);
        LaterPairing later = pairAgain(2);
        assertThat(tunnel.migrate(MIGRATE)).isTrue();
        assertThat(tunnel.migrate(MIGRATE)).isFalse();

        tunnel.handle(new Occurrence.Breaking(later.client().id()));
        tunnel.handle(new Occurrence.Moving(later.agent().id()));

        assertThat(tunnel.migrate(MIGRATE)).as("asked again").isTrue();
        assertThat(atClient.sent).extracting(EncodedFrame::type).endsWith(typeOf(MIGRATE));
        assertThat(migrations.asked()).isOne();
        tunnel.handle(new Occurrence.Moving(client.id()));
        tunnel.handle(new Occurrence.Moving(agent.id()));
        assertThat(migrations.settled(Migrations.Outcome.MOVED)).isOne();
    }

    @Test
    void anEpochUnderWhichNobodyMetIsNotTold() {
        pair(1, client, agent);
        Leg again = new Leg(new LegId(3), new FakeLegStream());
        tunnel.attach(again, new Attaching(EndRole.CLIENT, again.id(), 2, true), agentEnd);
        tunnel.handle(new Occurrence.AgentMissing(2, "not here"));

        assertThat(tunnel.open().orElseThrow().epoch()).isOne();
        tunnel.handle(new Occurrence.Leaving(client.id()));

        ClosedTunnel closed = ledger.closed().oldest(10).getFirst();
        assertThat(closed.epoch()).isEqualTo(2);
        assertThat(closed.connected()).isOne();
    }

    @Test
    void aTunnelThatHasLeftAndIsOnlyLookedForHereLeavesNoSecondTime() {
        pair(1, client, agent);
        tunnel.handle(new Occurrence.Moving(client.id()));
        tunnel.handle(new Occurrence.Moving(agent.id()));
        Leg again = new Leg(new LegId(3), new FakeLegStream());
        tunnel.attach(again, new Attaching(EndRole.CLIENT, again.id(), 3, true), agentEnd);
        tunnel.handle(new Occurrence.AgentMissing(3, "not here"));

        assertThat(ledger.closed().oldest(10)).hasSize(1);
        assertThat(ledger.closed().oldest(10).getFirst().epoch()).isOne();
    }

    private record LaterPairing(Leg client, Leg agent) {}

    private LaterPairing pairAgain(long epoch) {
        var later = new LaterPairing(
                new Leg(new LegId(3), new FakeLegStream()), new Leg(new LegId(4), new FakeLegStream()));
        pair(epoch, later.client(), later.agent());
        return later;
    }

    private void pair(long epoch, Leg oneEnd, Leg otherEnd) {
        tunnel.attach(oneEnd, new Attaching(EndRole.CLIENT, oneEnd.id(), epoch, epoch > 1), agentEnd);
        tunnel.attach(otherEnd, new Attaching(EndRole.AGENT, otherEnd.id(), epoch, epoch > 1), agentEnd);
    }

    /** As their transports may say at any time, on threads of their own. */
    private void bothGetReady() {
        for (Leg leg : List.of(client, agent)) {
            Lane lane = leg.incoming();
            if (lane != null) {
                lane.sinkReady();
            }
        }
        boolean bothTold = !atClient.sent.isEmpty() && !atAgent.sent.isEmpty();
        assertThat(bothTold ? 0 : atClient.requested + atAgent.requested)
                .as("asked too early")
                .isZero();
    }

    private static int typeOfAttached() {
        return typeOf(new Frame.Attached(AttachStatus.OK, 1, 0, ""));
    }

    private static int typeOf(Frame frame) {
        return FrameCodec.encode(frame).type();
    }
}
