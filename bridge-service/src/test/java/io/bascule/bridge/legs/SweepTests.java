package io.bascule.bridge.legs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.pairing.LegId;
import io.bascule.bridge.pairing.Occurrence.Attaching;
import io.bascule.bridge.pairing.PairingRules;
import io.bascule.testsupport.SettableClock;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.ResetCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SweepTests {

    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final UUID ID = new UUID(0, 1);

    private final SettableClock clock = SettableClock.atNoon();
    private final Faults faults = new Faults(new SimpleMeterRegistry());
    private final Tunnels tunnels = new Tunnels(
            new TunnelContext(
                    new PairingRules(WAIT, WAIT),
                    clock,
                    new WillingAgents(),
                    new BufferBudget(1_000_000, 1_000_000),
                    new TunnelLedger(new ClosedTunnels(100)),
                    new Migrations(new SimpleMeterRegistry()),
                    faults),
            100);
    private final UsedTickets used = new UsedTickets(clock);
    private final Sweep sweep = new Sweep(tunnels, new OpenLegs(clock, 100, faults), used);

    @Test
    void whatIsOverIsForgottenWithinFiveSecondsOfItsTime() {
        var leg = new Leg(new LegId(1), new FakeLegStream());
        var agent = new AgentEnd(UUID.randomUUID(), "ticket");
        tunnels.findOrAdmit(ID, agent)
                .orElseThrow()
                .attach(leg, new Attaching(EndRole.CLIENT, leg.id(), 1, false), agent);
        tunnels.reset(ID, ResetCode.CLOSED, "over");
        used.use("ticket", EndRole.CLIENT, clock.instant());

        stepFor(Duration.ofSeconds(60));
        assertThat(used.use("ticket", EndRole.CLIENT, clock.instant()))
                .as("its use is known still")
                .isFalse();
        stepFor(Duration.ofSeconds(40));
        assertThat(tunnels.find(ID)).isPresent();
        assertThat(tunnels.live()).isZero();

        stepFor(Duration.ofSeconds(26));
        assertThat(tunnels.find(ID)).isEmpty();
        assertThat(used.use("ticket", EndRole.CLIENT, clock.instant()))
                .as("nothing is known of its use")
                .isTrue();
    }

    private void stepFor(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= Sweep.PAUSE.toMillis()) {
            clock.advance(Sweep.PAUSE);
            sweep.step();
        }
    }
}
