package io.bascule.agent;

import static io.bascule.agent.ClientEnds.WINDOW;
import static io.bascule.agent.ClientEnds.data;
import static io.bascule.agent.ClientEnds.receive;
import static io.bascule.agent.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.agent.FakeBridge.AgentLeg;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.proof.Handshake;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A joined agent among two bridges and a target. */
@SuppressWarnings("NullAway.Init")
class ReachingTests {

    @TempDir
    private Path directory;

    private final UUID tunnel = UUID.randomUUID();
    private TestPlatform platform;
    private FakeBridge first;
    private FakeBridge second;
    private EchoTarget target;
    private RunningAgent agent;
    private ClientEnds clients;

    @BeforeEach
    void anAgentIsConnectedToBothBridges() throws Exception {
        platform = new TestPlatform();
        target = new EchoTarget();
        clients = new ClientEnds(platform, target);
        first = platform.startBridge("bridge-0");
        second = platform.startBridge("bridge-1");
        startAgent(Duration.ofSeconds(1));
    }

    private void startAgent(Duration grace) throws Exception {
        agent = RunningAgent.start(
                        new AgentSettings(platform.url(), TestPlatform.TOKEN, directory, 2, grace, LegKind.GRPC),
                        new CountDownLatch(1))
                .orElseThrow();
        assertThat(first.nextHello().getInstance()).isEqualTo(second.nextHello().getInstance());
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
        target.close();
        platform.close();
    }

    @Test
    void bytesReachTheTargetAndComeBack() throws Exception {
        AgentLeg leg = clients.open(first, tunnel, 1);
        leg.send(data(0, "hello, "));
        leg.send(data(7, "world"));

        assertThat(receive(leg, 12)).isEqualTo("hello, world");
        assertThat(agent.openTunnels()).isEqualTo(1);

        leg.send(new Frame.Fin(12));
        Frame.Fin fin = leg.next(Frame.Fin.class);
        leg.send(new Frame.Ack(fin.finalOffset() + 1, fin.finalOffset() + 1 + WINDOW));
        until("the tunnel is over", () -> agent.openTunnels() == 0);
    }

    @Test
    void nobodyListeningIsCodeThree() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        first.open(tunnel, 1, platform.ticket(first, tunnel, "127.0.0.1", port));

        assertRefused(ResetCode.TARGET_REFUSED, "nobody listens at 127.0.0.1:" + port);
    }

    @Test
    void aNameThatDoesNotResolveIsCodeTwo() throws Exception {
        first.open(tunnel, 1, platform.ticket(first, tunnel, "no-such-host.invalid", 80));

        assertRefused(ResetCode.TARGET_NOT_FOUND, "no-such-host.invalid does not resolve");
    }

    @Test
    void anImpossiblePortIsCodeFour() throws Exception {
        first.open(tunnel, 1, platform.ticket(first, tunnel, "127.0.0.1", 70_000));

        assertRefused(ResetCode.TARGET_UNREACHABLE, "70000");
    }

    @Test
    void whatThePlatformDidNotSignIsNotDialled() throws Exception {
        first.open(tunnel, 1, platform.forgedTicket(first, tunnel, target.port()));
        assertRefused(ResetCode.PROTOCOL_ERROR, "signature");

        first.open(tunnel, 1, "");
        assertRefused(ResetCode.PROTOCOL_ERROR, "not a ticket");
        assertThat(target.connections).hasValue(0);
    }

    @Test
    void aTicketForSomebodyElseIsNotDialled() throws Exception {
        String other = UUID.randomUUID().toString();
        first.open(tunnel, 1, ticket(first, claims -> claims.setClaim("agent", other)));
        assertRefused(ResetCode.PROTOCOL_ERROR, "another agent");
        first.open(tunnel, 1, ticket(first, claims -> claims.setClaim("tunnel", other)));
        assertRefused(ResetCode.PROTOCOL_ERROR, "another tunnel");
        first.open(tunnel, 1, ticket(second, _ -> {}));
        assertRefused(ResetCode.PROTOCOL_ERROR, "another bridge");
        first.open(tunnel, 1, ticket(first, claims -> claims.setClaim("epoch", 2)));
        assertRefused(ResetCode.PROTOCOL_ERROR, "epoch");
        assertThat(target.connections).hasValue(0);
    }

    @Test
    void clocksThatAreMinutesApartAreNamedAsTheReason() throws Exception {
        long now = NumericDate.now().getValue();
        first.open(tunnel, 1, ticket(first, claims -> claims.setIssuedAt(NumericDate.fromSeconds(now + 180))));
        assertRefused(ResetCode.PROTOCOL_ERROR, "issued in the future");

        first.open(tunnel, 1, ticket(first, claims -> {
            claims.setIssuedAt(NumericDate.fromSeconds(now - 180));
            claims.setExpirationTime(NumericDate.fromSeconds(now - 120));
        }));
        assertRefused(ResetCode.PROTOCOL_ERROR, "compare the clocks");
        assertThat(target.connections).hasValue(0);
    }

    @Test
    void itCarriesNoMoreTunnelsThanItMay() throws Exception {
        clients.open(first, UUID.randomUUID(), 1);
        clients.open(first, UUID.randomUUID(), 1);

        first.open(tunnel, 1, ticket(first, _ -> {}));

        assertRefused(ResetCode.INTERNAL_ERROR, "as many as it may");
    }

    @Test
    void aTunnelGoesOnOverAnotherBridgeWithANewerEpoch() throws Exception {
        AgentLeg leg = clients.open(first, tunnel, 1);
        leg.send(data(0, "before "));
        assertThat(receive(leg, 7)).isEqualTo("before ");

        second.open(tunnel, 2, ticket(second, _ -> {}));
        AgentLeg moved = second.nextLeg();
        assertThat(moved.next(Frame.Attach.class).epoch()).isEqualTo(2);
        clients.pair(moved, tunnel, second, 2);
        moved.send(new Frame.Hello(7, 7 + WINDOW));
        assertThat(moved.next(Frame.Hello.class).rxOffset()).isEqualTo(7);
        moved.send(data(7, "after"));

        assertThat(receive(moved, 5)).isEqualTo("after");
        assertThat(target.connections).hasValue(1);
    }

    @Test
    void whoHasAStandbyTicketAndNoKeyGetsNothingAndTheTunnelStaysWhereItIs() throws Exception {
        AgentLeg leg = clients.open(first, tunnel, 1);
        second.open(tunnel, 2, platform.standby(second, tunnel));
        AgentLeg stranger = second.nextLeg();
        stranger.next(Frame.Attach.class);
        stranger.send(new Frame.Attached(AttachStatus.OK, 2, 0, ""));
        Handshake handshake = platform.clientOf(tunnel).handshake(2, second.id());
        stranger.send(handshake.introduce());

        assertThat(stranger.next(Frame.Introduce.class).key().length()).isEqualTo(32);
        assertThat(stranger.next()).isEqualTo(new Frame.Detach(DetachReason.MOVED));
        leg.send(data(0, "still here"));
        assertThat(receive(leg, 10)).isEqualTo("still here");

        second.open(tunnel, 3, platform.standby(second, tunnel));
        AgentLeg moved = second.nextLeg();
        moved.next(Frame.Attach.class);
        clients.pair(moved, tunnel, second, 3);
        moved.send(new Frame.Hello(10, 10 + WINDOW));
        assertThat(moved.next(Frame.Hello.class).rxOffset()).isEqualTo(10);
    }

    @Test
    void aStandbyTicketMovesATunnelThatIsHereAndDialsNothing() throws Exception {
        second.open(tunnel, 2, platform.standby(second, tunnel));
        OpenRefused refusal = second.nextRefusal();
        assertThat(refusal.getCode()).isEqualTo(ResetCode.AGENT_NOT_CONNECTED.value());
        assertThat(target.connections).hasValue(0);

        clients.open(first, tunnel, 1);
        second.open(tunnel, 2, platform.standby(second, tunnel));

        assertThat(second.nextLeg().next(Frame.Attach.class).epoch()).isEqualTo(2);
        assertThat(target.connections).hasValue(1);
    }

    @Test
    void aTunnelThatIsOverIsKnownToBeOver() throws Exception {
        AgentLeg leg = clients.open(first, tunnel, 1);
        leg.send(new Frame.Reset(ResetCode.CLOSED, "done"));
        until("the tunnel is over", () -> agent.openTunnels() == 0);

        second.open(tunnel, 2, platform.standby(second, tunnel));

        assertThat(second.nextRefusal().getCode()).isEqualTo(ResetCode.CLOSED.value());
    }

    @Test
    void aTunnelThatHasFinishedSaysSoAgainWhereItIsCalled() throws Exception {
        AgentLeg leg = clients.open(first, tunnel, 1);
        leg.send(new Frame.Fin(0));
        leg.next(Frame.Fin.class);
        leg.send(new Frame.Ack(1, 1 + WINDOW));
        until("the tunnel is over", () -> agent.openTunnels() == 0);

        second.open(tunnel, 2, platform.standby(second, tunnel));
        AgentLeg again = second.nextLeg();
        again.next(Frame.Attach.class);
        clients.pair(again, tunnel, second, 2);

        assertThat(again.next(Frame.Hello.class).rxOffset())
                .as("its acknowledgement")
                .isEqualTo(1);
        assertThat(again.next(Frame.Detach.class).reason()).isEqualTo(DetachReason.ENDED);
        assertThat(target.connections).hasValue(1);
    }

    @Test
    void pingsAreAnswered() throws Exception {
        first.ping(17);

        assertThat(first.nextPong()).isEqualTo(17);
    }

    @Test
    void aBrokenStreamIsReplaced() throws Exception {
        first.breakStreams();

        assertThat(first.nextHello()).isNotNull();
    }

    @Test
    void aBridgeThatStopsIsReplacedByAnotherBeforeItIsGone() throws Exception {
        FakeBridge third = platform.startBridge("bridge-2");
        second.tellBridges(first, second, third);

        first.drain();

        third.nextHello();
        first.open(tunnel, 1, ticket(first, _ -> {}));
        assertThat(first.nextLeg().next(Frame.Attach.class).tunnel()).isEqualTo(tunnel);
    }

    @Test
    void stoppingLeavesTheBridgesAndLetsTunnelsGoOnForTheGraceTime() throws Exception {
        agent.close();
        assertThat(first.nextDeparture()).isNotEmpty();
        assertThat(second.nextDeparture()).isNotEmpty();
        startAgent(Duration.ofSeconds(5));
        AgentLeg leg = clients.open(first, tunnel, 1);

        Thread stopping = Thread.ofVirtual().start(agent::stop);

        assertThat(first.nextDeparture()).isEqualTo("left");
        assertThat(second.nextDeparture()).isEqualTo("left");
        leg.send(data(0, "still here"));
        assertThat(receive(leg, 10)).isEqualTo("still here");
        Frame.Reset reset = leg.next(Frame.Reset.class);
        assertThat(reset.text()).contains("agent was stopped");
        assertThat(stopping.join(Duration.ofSeconds(60))).isTrue();
    }

    private String ticket(FakeBridge bridge, java.util.function.Consumer<org.jose4j.jwt.JwtClaims> spoil) {
        return platform.ticket(bridge, tunnel, "127.0.0.1", target.port(), spoil);
    }

    private void assertRefused(ResetCode code, String text) throws InterruptedException {
        OpenRefused refusal = first.nextRefusal();
        assertThat(refusal.getCode()).isEqualTo(code.value());
        assertThat(refusal.getText()).contains(text);
        assertThat(refusal.getEpoch()).isEqualTo(1);
    }
}
