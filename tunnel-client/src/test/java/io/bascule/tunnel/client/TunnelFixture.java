package io.bascule.tunnel.client;

import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.StreamSettings;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Both ends of one tunnel with a program at each, over the bridges that a test grants. */
final class TunnelFixture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final TestAuthority authority = new TestAuthority();
    final Sockets atClient = Sockets.connected();
    final Sockets atAgent = Sockets.connected();
    private final UUID tunnel = UUID.randomUUID();
    private final UUID agentId = UUID.randomUUID();
    private final EndCredentials clientCredentials = authority.credentials("session", "client");
    private final String clientThumbprint =
            OtherEnd.thumbprint(clientCredentials.certificateChain().getFirst());
    private BridgeConnector clientConnector = new BridgeConnector(clientCredentials, LegKind.GRPC);
    private final BridgeConnector agentConnector =
            new BridgeConnector(authority.credentials(agentId.toString(), "agent"), LegKind.AUTO);
    private final List<FakeBridge> bridges = new ArrayList<>();
    private Inner inner = Inner.NONE;
    private StreamSettings settings = StreamSettings.DEFAULT;
    private @Nullable TunnelEnd client;
    private @Nullable TunnelEnd agent;

    TunnelFixture() throws Exception {}

    FakeBridge bridge(String id) throws Exception {
        FakeBridge bridge = new FakeBridge(id, authority);
        bridge.onClientWaiting(this::callAgent);
        bridges.add(bridge);
        return bridge;
    }

    TunnelFixture inside(Inner layer) {
        inner = layer;
        return this;
    }

    /** What the client's legs are; the stand-in for a bridge knows no raw ones. */
    TunnelFixture withLegs(LegKind kind) {
        return withLegs(new LegChoice(kind));
    }

    TunnelFixture withLegs(LegChoice legs) {
        clientConnector.close();
        clientConnector = new BridgeConnector(clientCredentials, legs);
        return this;
    }

    BridgeConnector clientConnector() {
        return clientConnector;
    }

    BridgeConnector agentConnector() {
        return agentConnector;
    }

    TunnelFixture holding(Duration hold) {
        settings = settings.withDetachedHold(hold);
        return this;
    }

    TunnelFixture withWindow(int first, int largest) {
        settings = settings.withWindow(first, largest);
        return this;
    }

    /** Starts the client end; the agent end follows when a bridge calls it. */
    TunnelEnd open(GrantedBridge... granted) {
        client = TunnelEnd.start(
                EndRole.CLIENT,
                new TunnelGrant(
                        tunnel, 1, Arrays.asList(granted), Arrays.asList(granted), new OtherEnd.Agent(agentId), inner),
                clientConnector,
                LocalConnection.of(atClient.tunnelSide()),
                settings);
        return client;
    }

    TunnelEnd client() {
        return Objects.requireNonNull(client);
    }

    synchronized TunnelEnd agent() {
        return Objects.requireNonNull(agent, "the agent was never called");
    }

    TunnelOutcome outcomeAtClient() throws InterruptedException {
        return client().await(PATIENCE).orElseThrow();
    }

    TunnelOutcome outcomeAtAgent() throws InterruptedException {
        return agent().await(PATIENCE).orElseThrow();
    }

    synchronized void callAgent(FakeBridge bridge, long epoch) {
        if (agent == null) {
            agent = TunnelEnd.start(
                    EndRole.AGENT,
                    new TunnelGrant(
                            tunnel,
                            epoch,
                            List.of(bridge.grant()),
                            List.of(),
                            new OtherEnd.Client(clientThumbprint),
                            inner),
                    agentConnector,
                    LocalConnection.of(atAgent.tunnelSide()),
                    settings);
        } else {
            agent.moveTo(bridge.grant(), epoch, false);
        }
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        if (agent != null) {
            agent.close();
        }
        clientConnector.close();
        agentConnector.close();
        for (FakeBridge bridge : bridges) {
            bridge.close();
        }
        atClient.close();
        atAgent.close();
    }
}
