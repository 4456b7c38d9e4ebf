package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.testing.Echo;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestTunnel;
import io.bascule.testsupport.Streams;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.TunnelOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tunnels that outlive their bridge: real ends, real bridges. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class MovingTests {

    private static final boolean SOAK = Boolean.getBoolean("bascule.soak");
    private static final int MANY = SOAK ? 5_000 : 200;

    /** More at once would have their bridge wait too long for their agent, on a machine that does other things too. */
    private static final int OPENED_AT_ONCE = SOAK ? 20 : MANY;

    /** Thousands that hardly pause leave no machine to move them with. */
    private static final Duration BETWEEN_ECHOES = SOAK ? Duration.ofSeconds(10) : Duration.ofMillis(20);

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
            assertThat(tunnel.client().await(Duration.ofSeconds(60))).contains(new TunnelOutcome.Finished(size, size));
            assertThat(second.metric("bascule_bridge_bytes_total{direction=\"client_to_agent\"}"))
                    .isGreaterThan(1 << 20);
        }
    }

    @Test
    @Timeout(1200)
    void manyTunnelsMoveWhileTheyAreUsedAndNoneIsClosedAndNoByteLost() throws Exception {
        List<TestTunnel> tunnels = new ArrayList<>();
        List<Echo> echoes = new ArrayList<>();
        try {
            while (tunnels.size() < MANY) {
                openSome(tunnels, echoes);
            }
            assertThat(first.metric("bascule_bridge_tunnels")).isEqualTo(MANY);
            api.close();
            echoes.forEach(Echo::forget); // The first one waited until its tunnel was open.
            echoOn(echoes, SOAK ? 3 : 20);
            printLongest("beside no drain", echoes.stream().mapToLong(Echo::forget));

            first.stop();

            echoOn(echoes, SOAK ? 2 : 5);
            echoes.forEach(Echo::stop); // All at once: each may pause for long before it ends.
            printLongest("in a drain", echoes.stream().mapToLong(Echo::finish));
            System.out.printf(
                    Locale.ROOT,
                    "without a leg: %.3f s, all of them together%n",
                    second.metric("bascule_bridge_migration_stall_seconds_sum{cause=\"planned\"}"));
            assertThat(tunnels)
                    .allSatisfy(tunnel ->
                            assertThat(tunnel.client().await(Duration.ZERO)).isEmpty());
            assertThat(second.metric("bascule_bridge_tunnels")).isEqualTo(MANY);
            assertThat(second.metric("bascule_bridge_migration_stall_seconds_count{cause=\"planned\"}"))
                    .isEqualTo(MANY);
        } finally {
            for (TestTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "RAW"})
    void aTransferIsMovedByADrainWithoutBeingInterrupted(LegKind kind) throws Exception {
        location.legs(kind);
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

    private void openSome(List<TestTunnel> tunnels, List<Echo> echoes) throws IOException {
        List<Echo> opening = new ArrayList<>();
        for (int i = 0; i < OPENED_AT_ONCE; i++) {
            TestTunnel tunnel = SOAK ? location.openToMirror(first, second) : location.open(first, second);
            tunnels.add(tunnel);
            opening.add(Echo.start(tunnel, BETWEEN_ECHOES));
        }
        opening.forEach(Echo::awaitFirst);
        echoes.addAll(opening);
    }

    private static void echoOn(List<Echo> echoes, int rounds) throws InterruptedException {
        List<Long> before = echoes.stream().map(Echo::rounds).toList();
        for (int i = 0; i < echoes.size(); i++) {
            Echo echo = echoes.get(i);
            long goal = before.get(i) + rounds;
            Eventually.until("it echoes on", () -> echo.rounds() >= goal);
        }
    }

    private static void printLongest(String when, LongStream longest) {
        long[] sorted = longest.sorted().toArray();
        int count = sorted.length;
        System.out.printf(
                Locale.ROOT,
                "%d tunnels in use %s: longest echo of each, p50 %d ms, p90 %d ms, p99 %d ms, max %d ms%n",
                count,
                when,
                sorted[count / 2],
                sorted[count * 9 / 10],
                sorted[count * 99 / 100],
                sorted[count - 1]);
    }

    private RunningBridge start(String id) throws Exception {
        return RunningBridge.startAs(
                id,
                api,
                Files.createDirectory(directory.resolve(id)),
                "bascule.bridge.drain-budget=" + (SOAK ? "4m" : "30s"));
    }
}
