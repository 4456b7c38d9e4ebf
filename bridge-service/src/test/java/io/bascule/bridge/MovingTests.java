package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.testing.Echo;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestTunnel;
import io.bascule.testsupport.Streams;
import io.bascule.tunnel.client.TunnelOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels that outlive their bridge: real ends, real bridges. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class MovingTests {

    private static final boolean SOAK = Boolean.getBoolean("bascule.soak");

    @TempDir
    private Path directory;

    private FakeApi api;
    private RunningBridge first;
    private RunningBridge second;
    private TestTunnel.Location location;

    @BeforeEach
    void anAgentIsOnBothBridges() throws Exception {
        api = new FakeApi();
        first = start("bridge-0");
        second = start("bridge-1");
        location = new TestTunnel.Location(api);
        location.connect(first);
        location.connect(second);
    }

    @AfterEach
    void stop() {
        location.close();
        first.close();
        second.close();
        api.close();
    }

    @Test
    void bytesGoOnOverTheOtherBridgeWhenOneIsGoneAndTheApiTooAndEachArrivesOnce() throws Exception {
        long size = 48L << 20;
        try (TestTunnel tunnel = location.open(first, second)) {
            CompletableFuture<String> sentByClient = Streams.sending(tunnel.near(), size, 1);
            CompletableFuture<String> sentByAgent = Streams.sending(tunnel.far(), size, 2);
            CompletableFuture<String> receivedByClient = Streams.receiving(tunnel.near());
            CompletableFuture<String> receivedByAgent = Streams.receiving(tunnel.far());
            Eventually.until("a few bytes are through", () -> tunnel.client().bytesReceived() > 1 << 20);
            api.close();

            first.bean(BridgeServer.class).kill();

            assertThat(receivedByAgent.get(60, TimeUnit.SECONDS)).isEqualTo(sentByClient.get());
            assertThat(receivedByClient.get(60, TimeUnit.SECONDS)).isEqualTo(sentByAgent.get());
            assertThat(tunnel.client().await(Duration.ofSeconds(10))).contains(new TunnelOutcome.Finished(size, size));
            assertThat(second.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}"))
                    .isGreaterThan(1 << 20);
        }
    }

    @Test
    void manyTunnelsMoveWhileTheyAreUsedAndNoneIsClosedAndNoByteLost() throws Exception {
        int count = SOAK ? 2_000 : 200;
        List<TestTunnel> tunnels = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                tunnels.add(location.open(first, second));
            }
            List<Echo> echoes = tunnels.stream().map(Echo::start).toList();
            echoes.forEach(Echo::awaitFirst);
            api.close();

            first.stop();

            List<Long> before = echoes.stream().map(Echo::rounds).toList();
            for (int i = 0; i < count; i++) {
                Echo echo = echoes.get(i);
                long goal = before.get(i) + 5;
                Eventually.until("it echoes on", () -> echo.rounds() >= goal);
            }
            long[] stalls = echoes.stream().mapToLong(Echo::finish).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "drain of %d tunnels in use: longest echo of each, p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                    count,
                    stalls[count / 2],
                    stalls[count * 9 / 10],
                    stalls[count * 99 / 100],
                    stalls[count - 1]);
            assertThat(tunnels)
                    .allSatisfy(tunnel ->
                            assertThat(tunnel.client().await(Duration.ZERO)).isEmpty());
            assertThat(second.metric("bascule_bridge_tunnels")).isEqualTo(count);
            assertThat(second.metric("bascule_bridge_migration_stall_seconds_count{cause=\"planned\"}"))
                    .isEqualTo(count);
        } finally {
            for (TestTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
    }

    @Test
    void aTransferIsMovedByADrainWithoutBeingInterrupted() throws Exception {
        long size = 48L << 20;
        try (TestTunnel tunnel = location.open(first, second)) {
            CompletableFuture<String> sentByClient = Streams.sending(tunnel.near(), size, 1);
            CompletableFuture<String> sentByAgent = Streams.sending(tunnel.far(), size, 2);
            CompletableFuture<String> receivedByClient = Streams.receiving(tunnel.near());
            CompletableFuture<String> receivedByAgent = Streams.receiving(tunnel.far());
            Eventually.until("a few bytes are through", () -> tunnel.client().bytesReceived() > 1 << 20);

            first.stop();

            assertThat(receivedByAgent.get(60, TimeUnit.SECONDS)).isEqualTo(sentByClient.get());
            assertThat(receivedByClient.get(60, TimeUnit.SECONDS)).isEqualTo(sentByAgent.get());
            assertThat(second.metric("bascule_bridge_migration_stall_seconds_sum{cause=\"planned\"}"))
                    .isZero();
            assertThat(second.metric("bascule_bridge_migration_stall_seconds_count{cause=\"loss\"}"))
                    .isZero();
        }
    }

    private RunningBridge start(String id) throws Exception {
        RunningBridge bridge = RunningBridge.startAs(
                id, api, Files.createDirectory(directory.resolve(id)), "bascule.bridge.drain-budget=30s");
        Eventually.until("ready", () -> bridge.get("/health/ready").statusCode() == 200);
        return bridge;
    }
}
