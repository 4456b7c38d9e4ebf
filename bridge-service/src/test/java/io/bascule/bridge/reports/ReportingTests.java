package io.bascule.bridge.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.bridge.testing.TestLeg;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API hears of a real bridge. */
@SuppressWarnings("NullAway.Init")
class ReportingTests {

    private final UUID agentId = UUID.randomUUID();
    private final UUID tunnel = UUID.randomUUID();

    @TempDir
    private Path directory;

    private FakeApi api;
    private RunningBridge bridge;
    private TestAgent agent;
    private TestLeg client;

    @BeforeEach
    void anOpenTunnel() throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory, "bascule.bridge.drain-budget=0s");
        Identity identity = api.authority().client(UUID.randomUUID());
        Identity agentIdentity = api.authority().agent(agentId);
        agent = new TestAgent(bridge.channel(agentIdentity)).hello("i1");
        agent.next(MessageCase.BRIDGES);
        String ticket = bridge.ticket(tunnel, agentId, identity.thumbprint());
        client = new TestLeg(bridge.channel(identity)).attach(EndRole.CLIENT, tunnel, 1, ticket);
        agent.nextOpen();
        new TestLeg(bridge.channel(agentIdentity)).attach(EndRole.AGENT, tunnel, 1, ticket);
        client.next(Frame.Attached.class);
    }

    @AfterEach
    void stop() {
        bridge.close();
        api.close();
    }

    @Test
    void theFirstReportIsFullAndSaysWhoThisIs() {
        JsonNode first = api.reports().getFirst();

        assertThat(first.get("full").asBoolean()).isTrue();
        assertThat(first.get("bootId").asString()).isEqualTo(bridge.boot().toString());
        assertThat(first.get("authority").asString()).isEqualTo(RunningBridge.AUTHORITY);
        assertThat(first.get("address").asString()).isEqualTo("127.0.0.1:1");
        assertThat(first.get("draining").asBoolean()).isFalse();
        assertThat(first.get("sequence").asLong()).isEqualTo(1);
        assertThat(first.at("/tunnels/open").isArray()).isTrue();
    }

    @Test
    void aChangeIsToldOnceAndAllOfItAgainWhenAskedFor() throws Exception {
        JsonNode told = api.awaitReport(report -> attached(report).contains(tunnel.toString()));
        assertThat(told.get("full").asBoolean()).isFalse();
        assertThat(told.at("/tunnels/open").isMissingNode()).isTrue();

        JsonNode later = api.awaitReport(report -> sequence(report) > sequence(told));
        assertThat(attached(later)).isEqualTo("[]");
        assertThat(later.at("/agents/connected").toString()).isEqualTo("[]");

        api.askForEverything();
        JsonNode full = api.awaitReport(report -> report.get("full").asBoolean() && sequence(report) > sequence(later));
        assertThat(full.at("/tunnels/open/0/tunnel").asString()).isEqualTo(tunnel.toString());
        assertThat(full.at("/agents/connected/0/agent").asString()).isEqualTo(agentId.toString());
        assertThat(full.at("/agents/connected/0/version").asString()).isEqualTo("1.2.3");
    }

    @Test
    void whatEndsWhileTheApiIsAwayIsToldWhenItIsBack() throws Exception {
        api.awaitReport(report -> attached(report).contains(tunnel.toString()));
        api.setAway(true);
        client.send(new Frame.Detach(io.bascule.tunnel.DetachReason.ENDED)).finish();
        assertThat(client.awaitEnd().isOk()).isTrue();
        assertThat(bridge.get("/health/ready").statusCode()).isEqualTo(200);

        api.setAway(false);

        api.awaitReport(
                report -> report.at("/tunnels/closed/0/tunnel").asString("").equals(tunnel.toString()));
    }

    @Test
    void aDisconnectedAgentIsTold() throws Exception {
        api.awaitReport(report -> report.at("/agents/connected").toString().contains(agentId.toString()));

        agent.leave();

        api.awaitReport(report -> report.at("/agents/disconnected").toString().contains(agentId.toString()));
    }

    @Test
    void ticketKeysAreKeptForTheNextStart() throws Exception {
        Path kept = directory.resolve("ticket-keys-" + RunningBridge.ID + ".json");

        assertThat(Files.readString(kept)).contains("\"k1\"");
    }

    private static String attached(JsonNode report) {
        return report.at("/tunnels/attached").toString();
    }

    private static long sequence(JsonNode report) {
        return report.get("sequence").asLong();
    }
}
