package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.OwnApi;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.api.caller.Role;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.LogLimits;
import io.bascule.tasks.log.LogWriter;
import io.bascule.tasks.log.RedisLogStore;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.redis.RedisAddress;
import io.bascule.tasks.signal.RedisTaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import io.bascule.testsupport.TestRedisCluster;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What the API keeps in Redis, in a cluster of three nodes. */
@Timeout(300)
class RedisClusterTests {

    private static final TestRedisCluster CLUSTER = TestRedisCluster.startOwn();
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final OwnApi OWN = OwnApi.start(
            DATABASE,
            TestRedis.shared(),
            "--spring.data.redis.cluster.nodes=" + CLUSTER.addresses(),
            "--spring.data.redis.password=" + TestRedisCluster.PASSWORD);

    private final Api api = OWN.api();
    private FakeBridge bridge;
    private Location location;

    @BeforeEach
    void bringABridgeUp() {
        location = Location.create(api, OWN.clock());
        bridge = FakeBridge.up(api, OWN.clock(), location.agent());
    }

    @AfterAll
    static void end() {
        OWN.close();
        CLUSTER.close();
    }

    @Test
    void sessionsAreOpenedListedAndEnded() {
        api.newUser("roaming", Role.VIEWER);
        ApiClient here = api.signIn("roaming", Api.PASSWORD);
        ApiClient there = api.signIn("roaming", Api.PASSWORD);

        Answer open = here.get("/api/v1/sessions");
        String last = open.at("/items/0/id");

        assertThat(here.delete("/api/v1/sessions/" + last).status()).isEqualTo(204);
        assertThat(there.get("/api/v1/session").code()).isEqualTo("sign-in-required");
        assertThat(here.get("/api/v1/session").status()).isEqualTo(200);
        assertThat(here.delete("/api/v1/session").status()).isEqualTo(204);
    }

    @Test
    void guessingIsSlowed() {
        try (var _ = OWN.clock().hold()) {
            for (int attempt = 1; attempt <= 5; attempt++) {
                assertThat(signIn("guessed").code()).isEqualTo("wrong-credentials");
            }

            assertThat(signIn("guessed").code()).isEqualTo("too-many-attempts");
        }
    }

    @Test
    void tunnelsOfAllSlotsAreListedAndALateWordChangesNothing() {
        List<String> tunnels =
                IntStream.range(0, 30).mapToObj(_ -> location.opened()).toList();
        tunnels.forEach(tunnel -> bridge.expect(bridge.attached(tunnel, 2)));
        assertThat(CLUSTER.ports())
                .allSatisfy(
                        port -> assertThat(CLUSTER.ask(port, "KEYS tunnel:*")).isNotEmpty());

        bridge.expect(bridge.closed(tunnels.getFirst(), 1, 1, 1));
        bridge.expect(bridge.full(
                tunnels.stream().map(tunnel -> FakeBridge.open(tunnel, 2, 7, 8)).toList(), location.agent()));

        Answer listed = api.viewer().get("/api/v1/tunnels?limit=100");
        assertThat(listed.json().at("/items").findValuesAsString("id")).containsAll(tunnels);
        assertThat(listed.at("/items/0/bytesFromClient")).isEqualTo("7");
        tunnels.forEach(tunnel -> bridge.expect(bridge.closed(tunnel, 2, 7, 8)));
        assertThat(api.viewer().get("/api/v1/tunnels?limit=100").text()).doesNotContain(tunnels);
        assertThat(api.viewer().get("/api/v1/agents/" + location.agent()).at("/state"))
                .isEqualTo("online");
    }

    @Test
    void aQueuedTaskRunsAndIsWaitedForAndItsLogIsRead() throws Exception {
        var address = new RedisAddress.Cluster(List.of(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(CLUSTER.ports().getLast())
                .withPassword(TestRedisCluster.PASSWORD.toCharArray())
                .withTimeout(Duration.ofSeconds(2))
                .build()));
        try (var signals = new RedisTaskSignals(address);
                var logs = new LogWriter(
                        new RedisLogStore(address, Duration.ofMinutes(5), Clock.systemUTC()),
                        LogLimits.DEFAULT,
                        Clock.systemUTC())) {
            var worker = new TaskWorker(
                    WorkerSettings.queued("cluster-worker", 1),
                    List.of(new EchoAloud()),
                    new TaskWorker.Engine(
                            new JdbcTemplate(DATABASE.dataSource()),
                            signals,
                            new TaskLifecycle(new Random()),
                            InstantSource.system(),
                            logs,
                            LargeResults.NONE),
                    WorkerListener.NONE);
            worker.start();
            try {
                Answer ended = api.operator()
                        .with("Prefer", "wait=60")
                        .post(
                                "/api/v1/tasks",
                                Map.of("type", "echo", "queue", "default", "input", Map.of("message", "go")));

                assertThat(ended.at("/state")).as(ended.toString()).isEqualTo("succeeded");
                assertThat(api.viewer()
                                .get("/api/v1/tasks/" + ended.at("/id") + "/log")
                                .at("/items/0/text"))
                        .isEqualTo("said");
            } finally {
                worker.stop(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void whenANodeIsLostItsReplicaServes() {
        int lost = CLUSTER.holder("bridges");
        int replica = CLUSTER.addReplica(lost);
        String tunnel = location.opened();
        bridge.expect(bridge.attached(tunnel, 1));

        CLUSTER.stop(lost);
        Await.until(() -> CLUSTER.holder("bridges") == replica);

        Await.until(() -> bridge.full(List.of(FakeBridge.open(tunnel, 1, 7, 8)), location.agent())
                        .status()
                == 200);
        Await.until(() -> location.open(api.operator()).status() == 201);
        assertThat(api.viewer().get("/api/v1/tunnels?limit=100").text()).contains(tunnel);
    }

    private Answer signIn(String username) {
        return api.anonymous().post("/api/v1/session", Map.of("username", username, "password", "wrong"));
    }

    private static final class EchoAloud implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) {
            context.log("said");
            return context.input().path("message");
        }
    }
}
