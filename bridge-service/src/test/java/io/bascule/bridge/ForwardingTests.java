package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.protocol.tunnel.v1.Open;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.client.LegKind;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Frames through a real bridge over real TLS. */
@ParameterizedClass
@EnumSource(names = {"GRPC", "RAW"})
@SuppressWarnings("NullAway.Init")
class ForwardingTests extends PeersAtABridge {

    private static final String TO_AGENT = "bascule_bridge_bytes_total{direction=\"client_to_agent\"}";
    private static final String TO_CLIENT = "bascule_bridge_bytes_total{direction=\"agent_to_client\"}";

    private static final int BUFFER = 100 * 1024;

    /** Frames of 60,000 bytes each; the bridge permits 8 MiB. */
    private static final int MORE_THAN_A_CONNECTIONS_WINDOW = 160;

    @Parameter
    private LegKind kind;

    private TestLeg clientLeg;
    private TestLeg agentLeg;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        startBridge(directory, "bascule.bridge.hold=1s", "bascule.bridge.tunnel-buffer=100KB");
    }

    @Test
    void bytesPassBothWaysAsTheyAreAndAreCounted() throws Exception {
        double toAgent = bridge.metric(TO_AGENT);
        double toClient = bridge.metric(TO_CLIENT);
        open();

        Frame.Data question = data(0, 40_000);
        Frame.Data answer = data(7, 65_536);
        clientLeg.send(new Frame.Hello(0, 1000)).send(question);
        agentLeg.send(new Frame.Hello(0, 2000)).send(answer);

        assertThat(agentLeg.next()).isEqualTo(new Frame.Hello(0, 1000));
        assertThat(agentLeg.next()).isEqualTo(question);
        assertThat(clientLeg.next()).isEqualTo(new Frame.Hello(0, 2000));
        assertThat(clientLeg.next()).isEqualTo(answer);
        assertThat(bridge.metric(TO_AGENT) - toAgent).isEqualTo(40_000);
        assertThat(bridge.metric(TO_CLIENT) - toClient).isEqualTo(65_536);
    }

    @Test
    void theEndOfATunnelIsReportedWithItsBytes() throws Exception {
        open();
        clientLeg.send(data(0, 123)).send(new Frame.Fin(123));
        agentLeg.next(Frame.Data.class);
        agentLeg.next(Frame.Fin.class);
        clientLeg.send(new Frame.Detach(DetachReason.ENDED)).finish();

        assertThat(agentLeg.awaitEnd().isOk()).isTrue();
        assertThat(clientLeg.awaitEnd().isOk()).isTrue();
        var closed = closedReport(tunnel);
        assertThat(closed.get("bytesFromClient").asLong()).isEqualTo(123);
        assertThat(closed.get("bytesFromAgent").asLong()).isZero();
        assertThat(closed.get("epoch").asInt()).isEqualTo(1);
        assertThat(closed.get("code").asInt()).isZero();
    }

    @Test
    void theOtherEndIsToldOfAKilledLegAndResetAfterTheHold() throws Exception {
        open();

        agentLeg.kill();

        clientLeg.next(Frame.PeerLost.class);
        Frame.Reset reset = clientLeg.next(Frame.Reset.class);
        assertThat(reset.code()).isEqualTo(ResetCode.DETACHED_TOO_LONG);
        assertThat(reset.text()).contains("agent end");
        assertThat(clientLeg.awaitEnd().isOk()).isTrue();
        assertThat(closedReport(tunnel).get("code").asInt()).isEqualTo(8);
    }

    @Test
    void whatCameBeforeALegBrokeIsDelivered() throws Exception {
        open();
        clientLeg.send(data(0, 10));
        agentLeg.next(Frame.Data.class);
        clientLeg.send(data(10, 20)).send(new Frame.Ping(5));
        assertThat(agentLeg.next(Frame.Data.class).offset()).isEqualTo(10);
        agentLeg.next(Frame.Ping.class);

        clientLeg.kill();

        agentLeg.next(Frame.PeerLost.class);
    }

    @Test
    void anAgentsRefusalReachesTheClientWithCodeAndText() throws Exception {
        clientLeg = leg(client).attach(EndRole.CLIENT, tunnel, 1, ticket());
        Open open = agent.nextOpen();

        agent.refuse(open, 3, "nobody listens at 127.0.0.1:5432");

        assertThat(clientLeg.next())
                .isEqualTo(new Frame.Reset(ResetCode.TARGET_REFUSED, "nobody listens at 127.0.0.1:5432"));
        assertThat(clientLeg.awaitEnd().isOk()).isTrue();
    }

    @Test
    void anotherAgentCannotRefuse() throws Exception {
        TestAgent other = new TestAgent(bridge.channel(api.authority().agent(UUID.randomUUID()))).hello("i1");
        clientLeg = leg(client);
        String ticket = ticket();
        clientLeg.attach(EndRole.CLIENT, tunnel, 1, ticket);
        Open open = agent.nextOpen();

        other.refuse(open, 3, "mallory");
        other.next(MessageCase.BRIDGES);
        other.leave();
        agentLeg = leg(agentIdentity).attach(EndRole.AGENT, tunnel, 1, ticket);

        assertThat(clientLeg.next(Frame.Attached.class).status()).isEqualTo(AttachStatus.OK);
    }

    @Test
    void withoutItsAgentATunnelIsResetAtOnce() throws Exception {
        UUID absent = UUID.randomUUID();
        clientLeg = leg(client).attach(EndRole.CLIENT, tunnel, 1, bridge.ticket(tunnel, absent, client.thumbprint()));

        assertThat(clientLeg.next(Frame.Reset.class).code()).isEqualTo(ResetCode.AGENT_NOT_CONNECTED);
    }

    @Test
    void theApiEndsATunnel() throws Exception {
        open();

        api.close(tunnel.toString(), "revoked by alice");

        Frame expected = new Frame.Reset(ResetCode.REVOKED, "revoked by alice");
        assertThat(clientLeg.next()).isEqualTo(expected);
        assertThat(agentLeg.next()).isEqualTo(expected);
    }

    @Test
    void aHigherEpochTakesOverAndTheOldLegsEnd() throws Exception {
        open();
        TestLeg oldClient = clientLeg;
        TestLeg oldAgent = agentLeg;
        String next = ticket();

        clientLeg = leg(client).attach(EndRole.CLIENT, tunnel, 2, next);
        Open again = agent.nextOpen();
        agentLeg = leg(agentIdentity).attach(EndRole.AGENT, tunnel, 2, next);

        assertThat(again.getEpoch()).isEqualTo(2);
        assertThat(clientLeg.next(Frame.Attached.class).epoch()).isEqualTo(2);
        assertThat(oldClient.awaitEnd().isOk()).isTrue();
        assertThat(oldAgent.awaitEnd().isOk()).isTrue();
        clientLeg.send(new Frame.Ping(9));
        agentLeg.next(Frame.Attached.class);
        assertThat(agentLeg.next()).isEqualTo(new Frame.Ping(9));
    }

    @Test
    void aSlowReaderSlowsItsWriterAndNoOtherTunnelOnTheSameConnection() throws Exception {
        var agentChannel = bridge.channel(agentIdentity);
        String ticket = ticket();
        clientLeg = keep(new TestLeg(bridge.wire(kind, client), 1)).attach(EndRole.CLIENT, tunnel, 1, ticket);
        agent.nextOpen();
        agentLeg = keep(agentsLeg(agentChannel)).attach(EndRole.AGENT, tunnel, 1, ticket);
        agentLeg.next(Frame.Attached.class);

        int sent = kind == LegKind.GRPC ? 8 : MORE_THAN_A_CONNECTIONS_WINDOW;
        for (int i = 0; i < sent; i++) {
            agentLeg.send(data(i * 60_000L, 60_000));
        }
        Eventually.until("the buffer is full", () -> bridge.metric(HELD) >= BUFFER);
        assertThat(bridge.metric(HELD)).isLessThan(mostHeld());

        UUID second = UUID.randomUUID();
        String secondTicket = bridge.ticket(second, agentId, client.thumbprint());
        TestLeg fastClient = leg(client).attach(EndRole.CLIENT, second, 1, secondTicket);
        agent.nextOpen();
        TestLeg fastAgent = keep(agentsLeg(agentChannel)).attach(EndRole.AGENT, second, 1, secondTicket);
        fastAgent.next(Frame.Attached.class);
        fastClient.next(Frame.Attached.class);
        fastAgent.send(data(0, 50));
        assertThat(fastClient.next(Frame.Data.class).bytes().length()).isEqualTo(50);

        assertThat(bridge.metric(HELD)).isLessThan(mostHeld());
        clientLeg.next(Frame.Attached.class);
        clientLeg.readMore(sent);
        for (int i = 0; i < sent; i++) {
            assertThat(clientLeg.next(Frame.Data.class)).isEqualTo(data(i * 60_000L, 60_000));
        }
        Eventually.until("nothing is held", () -> bridge.metric(HELD) == 0);
    }

    @Test
    void clientsThatReadNothingAnyMoreDoNotUseUpWhatTheirAgentsConnectionMayCarry() throws Exception {
        var agentChannel = bridge.channel(agentIdentity);
        List<TestLeg> stalled = new ArrayList<>();
        for (int dead = 0; dead < 2; dead++) {
            TestLeg sender = pairOver(agentChannel, UUID.randomUUID(), 1);
            for (int i = 0; i < MORE_THAN_A_CONNECTIONS_WINDOW; i++) {
                sender.send(data(i * 60_000L, 60_000));
            }
            stalled.add(sender);
        }
        Eventually.until("both buffers are full", () -> bridge.metric(HELD) >= 2.0 * BUFFER);

        TestLeg sender = pairOver(agentChannel, UUID.randomUUID(), Integer.MAX_VALUE);
        TestLeg reader = legs.get(legs.size() - 2);
        reader.next(Frame.Attached.class);
        for (int i = 0; i < MORE_THAN_A_CONNECTIONS_WINDOW; i++) {
            sender.send(data(i * 60_000L, 60_000));
        }
        for (int i = 0; i < MORE_THAN_A_CONNECTIONS_WINDOW; i++) {
            assertThat(reader.next(Frame.Data.class).offset()).isEqualTo(i * 60_000L);
        }
        if (kind == LegKind.GRPC) {
            assertThat(stalled)
                    .as("the bridge takes no more of theirs than a leg's window")
                    .noneMatch(TestLeg::isReady);
        }
        assertThat(bridge.metric(HELD)).as("what two slow legs hold").isLessThan(2.0 * mostHeld());
    }

    /** A tunnel whose client takes so many frames; gives the agent's leg. */
    private TestLeg pairOver(Channel agentChannel, UUID id, int clientReads) throws InterruptedException {
        String both = bridge.ticket(id, agentId, client.thumbprint());
        keep(new TestLeg(bridge.wire(kind, client), clientReads)).attach(EndRole.CLIENT, id, 1, both);
        agent.nextOpen();
        TestLeg agents = keep(agentsLeg(agentChannel)).attach(EndRole.AGENT, id, 1, both);
        agents.next(Frame.Attached.class);
        return agents;
    }

    private static JsonNode closedReport(UUID tunnel) throws InterruptedException {
        String id = tunnel.toString();
        JsonNode report = api.awaitReport(candidate -> closedIn(candidate).anyMatch(one -> id.equals(id(one))));
        return closedIn(report).filter(one -> id.equals(id(one))).findFirst().orElseThrow();
    }

    private static Stream<JsonNode> closedIn(JsonNode report) {
        return report.get("tunnels").get("closed").valueStream();
    }

    private static String id(JsonNode closed) {
        return closed.get("tunnel").asString();
    }

    private void open() throws InterruptedException {
        Pair pair = open(kind, kind, tunnel);
        clientLeg = pair.client();
        agentLeg = pair.agent();
    }

    private String ticket() {
        return bridge.ticket(tunnel, agentId, client.thumbprint());
    }

    private TestLeg leg(Identity identity) {
        return leg(kind, identity);
    }

    /** gRPC legs share the connection, raw ones have their own. */
    private TestLeg agentsLeg(Channel shared) {
        return switch (kind) {
            case GRPC, AUTO -> new TestLeg(shared);
            case RAW -> new TestLeg(bridge.wire(kind, agentIdentity));
        };
    }

    /** Of a raw leg, what is under way in and out counts as well. */
    private int mostHeld() {
        int waiting = BUFFER + 60_000 + 200;
        return kind == LegKind.GRPC ? waiting : waiting + 600_000;
    }
}
