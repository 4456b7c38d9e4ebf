package io.bascule.tunnel.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.Streams;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.raw.Loops;
import io.grpc.Status;
import java.time.Duration;
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
    void aTunnelThatCarriesMuchStaysOnGrpcAndItsProgramRemembersWhy() throws Exception {
        LegChoice legs = new LegChoice(LegKind.AUTO);
        FakeBridge bridge = tunnel.withLegs(legs).bridge("bridge-0");
        BridgeConnector another = new BridgeConnector(tunnel.clientConnector().credentials(), legs);
        assertThat(another.mayGoRaw(bridge.grant())).isTrue();
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);

        CompletableFuture<String> sent = Streams.sending(tunnel.atClient.program(), 2 * RawLegWish.WORTH, 1);
        CompletableFuture<String> received = Streams.receiving(tunnel.atAgent.program());
        assertThat(Transfer.result(received)).isEqualTo(Transfer.result(sent));
        Await.until(() -> !another.mayGoRaw(bridge.grant()));

        assertThat(bridge.epochs()).containsOnly(1L);
        assertThat(tunnel.client().await(Duration.ZERO)).isEmpty();
        another.close();
    }

    @Test
    void anAgentEndThatIsCalledForARawLegFallsBackWithTheSameTicket() throws Exception {
        FakeBridge bridge = tunnel.bridge("bridge-0");
        tunnel.open(bridge.grant());
        Transfer.exchange(tunnel);
        bridge.onClientWaiting((at, epoch) -> tunnel.agent().moveTo(at.grant(), epoch, true));

        bridge.breakLegs();
        Transfer.bothWays(tunnel, 100_000);

        assertThat(tunnel.agentConnector().mayGoRaw(bridge.grant())).isFalse();
    }

    @Test
    void whereAClosedConnectorHasNothingToFallBackToTheLegEnds() throws Exception {
        GrantedBridge bridge = tunnel.withLegs(LegKind.AUTO).bridge("bridge-0").grant();
        CompletableFuture<Status> end = new CompletableFuture<>();
        Leg leg = tunnel.clientConnector()
                .fallingBackLegTo(bridge, Loops.next())
                .open(new Nobody() {

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
        assertThat(tunnel.clientConnector().mayGoRaw(bridge)).isTrue();
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
