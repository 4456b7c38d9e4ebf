package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.phase.Phase;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.DetachReason;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A bridge that is asked to stop while a tunnel is open. */
@SuppressWarnings("NullAway.Init")
class DrainTests {

    private final UUID agentId = UUID.randomUUID();
    private final UUID tunnel = UUID.randomUUID();

    @TempDir
    private Path directory;

    private FakeApi api;
    private RunningBridge bridge;
    private Identity client;
    private ManagedChannel clientChannel;
    private TestAgent agent;
    private TestLeg clientLeg;
    private TestLeg agentLeg;

    @BeforeEach
    void anApi() throws Exception {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        bridge.close();
        api.close();
    }

    @Test
    void openTunnelsGoOnNewOnesAreTurnedAwayAndTheLastReportSaysSo() throws Exception {
        openTunnel("60s");

        Thread stopping = Thread.ofVirtual().start(bridge::stop);

        agent.next(MessageCase.DRAIN);
        assertThat(bridge.bean(CurrentPhase.class).get()).isEqualTo(Phase.DRAINING);
        assertThat(bridge.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(bridge.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(bridge.metric("bascule_bridge_draining")).isEqualTo(1);
        assertThat(clientLeg.next()).isInstanceOf(Frame.Migrate.class);
        assertThat(agentLeg.next()).isInstanceOf(Frame.Migrate.class);
        assertThat(bridge.get("/health/ready").body()).contains("\"asked\":1");
        UUID another = UUID.randomUUID();
        TestLeg late = new TestLeg(clientChannel)
                .attach(EndRole.CLIENT, another, 1, bridge.ticket(another, agentId, client.thumbprint()));
        Frame.Attached answer = late.next(Frame.Attached.class);
        assertThat(answer.status()).isEqualTo(AttachStatus.BUSY);
        assertThat(answer.text()).contains("stopping");
        clientLeg.send(new Frame.Ping(1));
        assertThat(agentLeg.next()).isEqualTo(new Frame.Ping(1));
        assertThat(stopping.isAlive()).isTrue();

        clientLeg.send(new Frame.Detach(DetachReason.ENDED)).finish();

        assertThat(agentLeg.awaitEnd().isOk()).isTrue();
        assertThat(stopping.join(Duration.ofSeconds(60))).isTrue();
        JsonNode last = api.reports().getLast();
        assertThat(last.get("draining").asBoolean()).isTrue();
        assertThat(api.reports().toString()).contains("\"code\":0,\"text\":\"finished\"");
        assertThat(agent.awaitEnd().getDescription()).contains("stopped");
    }

    @Test
    void tunnelsThatOutlastTheBudgetLoseTheirLegsAndAreNotEnded() throws Exception {
        openTunnel("1s");

        bridge.stop();

        assertThat(clientLeg.next(Frame.Migrate.class).timeLeftMillis()).isBetween(1L, 1_000L);
        assertThat(agentLeg.next()).isInstanceOf(Frame.Migrate.class);
        assertThat(clientLeg.awaitEnd().isOk()).isTrue();
        assertThat(agentLeg.awaitEnd().isOk()).isTrue();
        JsonNode closed = api.reports().getLast().at("/tunnels/closed/0");
        assertThat(closed.get("tunnel").asString()).isEqualTo(tunnel.toString());
        assertThat(closed.get("moved").asBoolean()).isTrue();
    }

    private void openTunnel(String budget) throws Exception {
        bridge = RunningBridge.start(api, directory, "bascule.bridge.drain-budget=" + budget);
        client = api.authority().client(UUID.randomUUID());
        Identity agentIdentity = api.authority().agent(agentId);
        clientChannel = bridge.channel(client);
        agent = new TestAgent(bridge.channel(agentIdentity)).hello("i1");
        agent.next(MessageCase.BRIDGES);
        String ticket = bridge.ticket(tunnel, agentId, client.thumbprint());
        clientLeg = new TestLeg(clientChannel).attach(EndRole.CLIENT, tunnel, 1, ticket);
        agent.nextOpen();
        agentLeg = new TestLeg(bridge.channel(agentIdentity)).attach(EndRole.AGENT, tunnel, 1, ticket);
        clientLeg.next(Frame.Attached.class);
        agentLeg.next(Frame.Attached.class);
    }
}
