package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.LegId;
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

    private final FakeLegStream atClient = new FakeLegStream();
    private final FakeLegStream atAgent = new FakeLegStream();
    private final Leg client = new Leg(new LegId(1), atClient);
    private final Leg agent = new Leg(new LegId(2), atAgent);
    private final AgentEnd agentEnd = new AgentEnd(UUID.randomUUID(), "ticket");
    private final Tunnel tunnel = new Tunnel(
            UUID.randomUUID(),
            agentEnd,
            new TunnelContext(
                    new PairingRules(WAIT, WAIT),
                    InstantSource.system(),
                    new WillingAgents(),
                    new BufferBudget(1_000_000, 1_000_000),
                    new TunnelLedger(new ClosedTunnels(10)),
                    new Migrations(new SimpleMeterRegistry()),
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
        return FrameCodec.encode(new Frame.Attached(AttachStatus.OK, 1, 0, "")).type();
    }

    private static final class WillingAgents implements AgentCaller {

        @Override
        public boolean call(UUID agent, Call call) {
            return true;
        }

        @Override
        public int callAll(UUID agent, Call call) {
            return 1;
        }
    }
}
