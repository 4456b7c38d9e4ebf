package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.bridge.testing.TestWire;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.tunnel.AttachStatus;
import io.bascule.tunnel.Bytes;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import io.bascule.tunnel.client.LegKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An agent and a client at a real bridge over real TLS, with the legs that a test makes; it leaves nothing behind. */
@SuppressWarnings("NullAway.Init")
abstract class PeersAtABridge {

    static final String HELD = "bascule_bridge_held_bytes";

    static FakeApi api;
    static RunningBridge bridge;

    final UUID agentId = UUID.randomUUID();
    final UUID tunnel = UUID.randomUUID();
    final List<TestLeg> legs = new ArrayList<>();
    Identity agentIdentity;
    Identity client;
    TestAgent agent;

    /** The legs of one tunnel, and what carries the client's. */
    record Pair(TestWire wire, TestLeg client, TestLeg agent) {}

    static void startBridge(Path directory, String... settings) throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory, settings);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        api.close();
    }

    @BeforeEach
    void anAgentIsConnected() throws InterruptedException {
        agentIdentity = api.authority().agent(agentId);
        client = api.authority().client(UUID.randomUUID());
        agent = new TestAgent(bridge.channel(agentIdentity)).hello("i1");
        agent.next(MessageCase.BRIDGES);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        agent.leave();
        legs.forEach(TestLeg::kill);
        Eventually.until("no tunnel is left", () -> bridge.metric("bascule_bridge_tunnels") == 0);
        Eventually.until("no agent is left", () -> bridge.metric("bascule_bridge_agents") == 0);
        Eventually.until("nothing is held", () -> bridge.metric(HELD) == 0);
    }

    final Pair open(LegKind clients, LegKind agents, UUID id) throws InterruptedException {
        String ticket = bridge.ticket(id, agentId, client.thumbprint());
        TestWire wire = bridge.wire(clients, client);
        TestLeg clientLeg = keep(new TestLeg(wire)).attach(EndRole.CLIENT, id, 1, ticket);
        assertThat(agent.nextOpen().getTicket()).isEqualTo(ticket);
        TestLeg agentLeg = leg(agents, agentIdentity).attach(EndRole.AGENT, id, 1, ticket);
        assertThat(clientLeg.next()).isEqualTo(new Frame.Attached(AttachStatus.OK, 1, 0, ""));
        assertThat(agentLeg.next()).isEqualTo(new Frame.Attached(AttachStatus.OK, 1, 0, ""));
        return new Pair(wire, clientLeg, agentLeg);
    }

    final TestLeg leg(LegKind kind, Identity identity) {
        return keep(new TestLeg(bridge.wire(kind, identity)));
    }

    final TestLeg keep(TestLeg leg) {
        legs.add(leg);
        return leg;
    }

    static double refused(String status) {
        return bridge.metric("bascule_bridge_legs_refused_total{status=\"" + status + "\"}");
    }

    static Frame.Data data(long offset, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (offset + i);
        }
        return new Frame.Data(offset, 0, 0, Bytes.wrap(bytes));
    }
}
