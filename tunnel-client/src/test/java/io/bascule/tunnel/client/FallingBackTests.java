package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.raw.Loops;
import io.grpc.Status;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ends that would use raw legs, at a bridge that knows none. */
@SuppressWarnings("NullAway.Init")
class FallingBackTests {

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
    void anEndFallsBackToGrpcWithTheSameTicketAndRemembersIt() throws Exception {
        GrantedBridge bridge = tunnel.withLegs(LegKind.AUTO).bridge("bridge-0").grant();
        LegOpening before = tunnel.clientConnector().legTo(bridge, Loops.next());
        assertThat(before.open(new Nobody())).isInstanceOf(FallingBackLeg.class);

        tunnel.open(bridge);
        Transfer.bothWays(tunnel, 100_000);

        LegOpening after = tunnel.clientConnector().legTo(bridge, Loops.next());
        assertThat(after.open(new Nobody())).isInstanceOf(GrpcLeg.class);
    }

    @Test
    void whatOneConnectorMetTheOthersOfItsProgramKnow() throws Exception {
        LegChoice legs = new LegChoice(LegKind.AUTO);
        GrantedBridge bridge = tunnel.withLegs(legs).bridge("bridge-0").grant();
        tunnel.open(bridge);
        Transfer.bothWays(tunnel, 1_000);

        LegOpening another = tunnel.withLegs(legs).clientConnector().legTo(bridge, Loops.next());

        assertThat(another.open(new Nobody())).isInstanceOf(GrpcLeg.class);
    }

    @Test
    void whereAClosedConnectorHasNothingToFallBackToTheLegEnds() throws Exception {
        GrantedBridge bridge = tunnel.withLegs(LegKind.AUTO).bridge("bridge-0").grant();
        CompletableFuture<Status> end = new CompletableFuture<>();
        Leg leg = tunnel.clientConnector().legTo(bridge, Loops.next()).open(new Nobody() {

            @Override
            public void inTurn(Runnable sending) {
                sending.run();
            }

            @Override
            public void ended(Leg from, Status status) {
                end.complete(status);
            }
        });
        tunnel.clientConnector().close();

        leg.start(new Frame.Attach(Frame.VERSION, EndRole.CLIENT, UUID.randomUUID(), 1, bridge.ticket()));

        Status status = end.get(60, TimeUnit.SECONDS);
        assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(status.getDescription()).contains("closed");
    }

    @Test
    void anEndThatMustNotFallBackSaysWhatItMet() throws Exception {
        tunnel.withLegs(LegKind.RAW).open(tunnel.bridge("bridge-0").grant());

        assertThat(tunnel.outcomeAtClient())
                .isInstanceOfSatisfying(
                        TunnelOutcome.Lost.class,
                        lost -> assertThat(lost.toString())
                                .contains("bridge-0 at ")
                                .contains("the bridge, or what stands before it, chose h2"));
    }

    @Test
    void aBridgeThatIsNotThereIsNoReasonToFallBack() throws Exception {
        FakeBridge gone = tunnel.withLegs(LegKind.AUTO).bridge("bridge-0");
        GrantedBridge bridge = gone.grant();
        gone.close();

        tunnel.open(bridge);

        assertThat(tunnel.outcomeAtClient()).isInstanceOf(TunnelOutcome.Lost.class);
        assertThat(tunnel.clientConnector().legTo(bridge, Loops.next()).open(new Nobody()))
                .isInstanceOf(FallingBackLeg.class);
    }

    private static class Nobody implements LegListener {

        @Override
        public void received(Leg leg, Frame frame) {}

        @Override
        public void ready(Leg leg) {}

        @Override
        public void inTurn(Runnable sending) {}

        @Override
        public void ended(Leg leg, Status status) {}
    }
}
