package io.bascule.bridge.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.legs.AgentCaller;
import io.bascule.bridge.legs.AgentCaller.Call;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.protocol.tunnel.v1.AgentHello;
import io.bascule.protocol.tunnel.v1.AgentMessage;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.bascule.protocol.tunnel.v1.OpenRefused;
import io.bascule.protocol.tunnel.v1.Pong;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents at a real bridge. */
@SuppressWarnings("NullAway.Init")
class ControlStreamTests {

    private static FakeApi api;
    private static RunningBridge bridge;

    private final UUID id = UUID.randomUUID();
    private ManagedChannel channel;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory);
    }

    @AfterAll
    static void stop() {
        bridge.close();
        api.close();
    }

    @BeforeEach
    void aChannel() {
        channel = bridge.channel(api.authority().agent(id));
    }

    @Test
    void aHelloIsAnsweredWithWelcomeAndTheBridges() throws Exception {
        TestAgent agent = connect("i1");

        assertThat(agent.next(MessageCase.WELCOME).getWelcome().getBridge()).isEqualTo(RunningBridge.ID);
        assertThat(agent.next(MessageCase.BRIDGES).getBridges().getBridgesList())
                .anySatisfy(known -> assertThat(known.getId()).isEqualTo(RunningBridge.ID));
        api.awaitReport(report -> report.toString().contains(id.toString()));
    }

    @Test
    void aChangeOfTheBridgesIsToldToAll() throws Exception {
        TestAgent agent = connect("i1");
        agent.next(MessageCase.BRIDGES);

        String another = "bridge-" + UUID.randomUUID();
        api.setBridges(List.of(
                Map.of("id", RunningBridge.ID, "address", "127.0.0.1:1", "authority", RunningBridge.AUTHORITY),
                Map.of("id", another, "address", "127.0.0.1:2", "authority", "1.bridge.test")));

        assertThat(agent.next(MessageCase.BRIDGES).getBridges().getBridgesList())
                .anySatisfy(known -> assertThat(known.getId()).isEqualTo(another));
    }

    @Test
    void aReconnectTakesThePlaceOfTheOldStream() throws Exception {
        TestAgent before = connect("i1");
        before.next(MessageCase.BRIDGES);

        TestAgent after = connect("i1");

        after.next(MessageCase.BRIDGES);
        assertThat(before.awaitEnd().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(bridge.bean(Agents.class).connected()).containsKey(new AgentInstance(id, "i1"));
    }

    @Test
    void oneAgentMayHaveSeveralInstances() throws Exception {
        connect("i1").next(MessageCase.BRIDGES);
        TestAgent second = connect("i2");
        second.next(MessageCase.BRIDGES);

        assertThat(bridge.bean(Agents.class).connected())
                .containsKeys(new AgentInstance(id, "i1"), new AgentInstance(id, "i2"));

        second.leave();
        assertThat(second.awaitEnd().isOk()).isTrue();
        Eventually.until(
                "i2 has left", () -> !bridge.bean(Agents.class).connected().containsKey(new AgentInstance(id, "i2")));
        assertThat(bridge.bean(Agents.class).connected()).containsKey(new AgentInstance(id, "i1"));
    }

    @Test
    void aHelloThatBreaksARuleEndsTheStreamWithTheReason() throws Exception {
        assertRefused(hello("i1", "1", 0), "protocol_version");
        assertRefused(hello("", "1", 1), "instance");
        assertRefused(hello("a b", "1", 1), "instance");
        assertRefused(hello("i1", "", 1), "version");
        assertRefused(
                AgentMessage.newBuilder()
                        .setOpenRefused(OpenRefused.getDefaultInstance())
                        .build(),
                "open_refused");
    }

    @Test
    void helloIsSaidOnce() throws Exception {
        TestAgent agent = connect("i1").hello("i1");

        assertThat(agent.awaitEnd().getDescription()).contains("said twice");
    }

    @Test
    void whoAnswersNoPingsIsEndedAfterTwoAndWhoDoesStays() throws Exception {
        OpenStreams streams = bridge.bean(OpenStreams.class);
        TestAgent silent = connect("silent");
        TestAgent alive = connect("alive");
        silent.next(MessageCase.BRIDGES);
        alive.next(MessageCase.BRIDGES);

        for (int i = 0; i < 4; i++) {
            streams.pingAll();
            answer(alive, alive.next(MessageCase.PING).getPing().getSequence());
            Eventually.until("the answer is read", () -> streams.fewestUnanswered() == 0);
        }

        assertThat(silent.awaitEnd().getDescription()).contains("pings");
    }

    @Test
    void manyCallsAtOnceAllReachTheAgent() throws Exception {
        TestAgent agent = connect("i1");
        agent.next(MessageCase.BRIDGES);
        AgentCaller caller = bridge.bean(AgentCaller.class);
        String ticket = "t".repeat(500);

        for (int epoch = 1; epoch <= 1_000; epoch++) {
            assertThat(caller.call(id, new Call(new UUID(1, epoch), epoch, ticket, false)))
                    .as("call %d", epoch)
                    .isTrue();
        }

        for (int epoch = 1; epoch <= 1_000; epoch++) {
            assertThat(agent.nextOpen().getEpoch()).isEqualTo(epoch);
        }
    }

    private static void answer(TestAgent agent, long sequence) {
        agent.say(AgentMessage.newBuilder()
                .setPong(Pong.newBuilder().setSequence(sequence))
                .build());
    }

    private TestAgent connect(String instance) {
        return new TestAgent(channel).hello(instance);
    }

    private static AgentMessage hello(String instance, String version, int protocolVersion) {
        return AgentMessage.newBuilder()
                .setHello(AgentHello.newBuilder()
                        .setInstance(instance)
                        .setVersion(version)
                        .setProtocolVersion(protocolVersion))
                .build();
    }

    private void assertRefused(AgentMessage first, String reason) throws Exception {
        Status end = new TestAgent(channel).say(first).awaitEnd();
        assertThat(end.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(end.getDescription()).contains(reason);
    }
}
