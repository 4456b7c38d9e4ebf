package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Cable;
import io.bascule.bridge.testing.Echo;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestTunnel;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Streams;
import io.bascule.tunnel.EndRole;
import io.bascule.tunnel.client.LegKind;
import io.bascule.tunnel.client.TunnelEnd;
import io.bascule.tunnel.client.TunnelOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tunnels that begin over gRPC and go on over raw legs at the same bridge: real ends, a real bridge. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class GoingRawTests {

    private static final String RAW = "bascule_bridge_legs_paired_total{kind=\"raw\"}";
    private static final String GRPC = "bascule_bridge_legs_paired_total{kind=\"grpc\"}";
    private static final String TO_AGENT = "bascule_bridge_bytes_total{direction=\"client_to_agent\"}";
    private static final String TO_CLIENT = "bascule_bridge_bytes_total{direction=\"agent_to_client\"}";
    private static final String PLANNED = "bascule_bridge_migration_stall_seconds_count{cause=\"planned\"}";
    private static final String LOSSES = "bascule_bridge_migration_stall_seconds_count{cause=\"loss\"}";
    private static final long MEBIBYTE = 1 << 20;

    private static FakeApi api;
    private static RunningBridge bridge;

    private final Map<String, Double> before = new HashMap<>();
    private TestTunnel.Location location;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory, "bascule.bridge.drain-budget=0s");
    }

    @AfterAll
    static void stop() {
        bridge.close();
        api.close();
    }

    @BeforeEach
    void anAgentIsThere() throws Exception {
        location = new TestTunnel.Location(api);
        location.legs(LegKind.AUTO);
        location.connect(bridge);
        for (String metric : List.of(RAW, GRPC, TO_AGENT, TO_CLIENT, PLANNED, LOSSES)) {
            before.put(metric, bridge.metric(metric));
        }
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        location.close();
        Eventually.until("no tunnel is left", () -> bridge.metric("bascule_bridge_tunnels") == 0);
        Eventually.until("nothing is held", () -> bridge.metric("bascule_bridge_held_bytes") == 0);
    }

    @Test
    void aTunnelThatCarriesMuchGoesOnOverRawLegsAndNothingIsSentTwice() throws Exception {
        long size = 32 * MEBIBYTE;
        try (TestTunnel tunnel = location.open(bridge)) {
            CompletableFuture<String> sentByClient = Streams.sending(tunnel.near(), size, 1);
            CompletableFuture<String> sentByAgent = Streams.sending(tunnel.far(), size, 2);
            CompletableFuture<String> receivedByClient = Streams.receiving(tunnel.near());
            Await.until(() -> grown(RAW) > 0);
            CompletableFuture<String> receivedByAgent = Streams.receiving(tunnel.far());

            assertThat(receivedByAgent.get(60, TimeUnit.SECONDS)).isEqualTo(sentByClient.get());
            assertThat(receivedByClient.get(60, TimeUnit.SECONDS)).isEqualTo(sentByAgent.get());
            assertThat(tunnel.client().await(Duration.ofSeconds(60))).contains(new TunnelOutcome.Finished(size, size));
            assertThat(grown(RAW) + grown(GRPC)).isGreaterThanOrEqualTo(4);
            assertThat(grown(TO_AGENT)).isEqualTo((double) size);
            assertThat(grown(TO_CLIENT)).isEqualTo((double) size);
            assertThat(grown(PLANNED)).isZero();
            assertThat(grown(LOSSES)).isZero();
        }
    }

    @Test
    void aTunnelThatCarriesLittleNeverPaysForAHandshake() throws Exception {
        long size = MEBIBYTE;
        try (TestTunnel tunnel = location.open(bridge)) {
            CompletableFuture<String> sent = Streams.sending(tunnel.near(), size, 1);
            CompletableFuture<String> _ = Streams.sending(tunnel.far(), size, 2);
            assertThat(Streams.receiving(tunnel.far()).get(60, TimeUnit.SECONDS))
                    .isEqualTo(sent.get());
            Streams.receiving(tunnel.near()).get(60, TimeUnit.SECONDS);
            assertThat(tunnel.client().await(Duration.ofSeconds(60))).contains(new TunnelOutcome.Finished(size, size));
        }
        assertThat(grown(TO_AGENT)).isEqualTo((double) size);
        assertThat(grown(GRPC)).isEqualTo(2);
        assertThat(grown(RAW)).isZero();
    }

    @Test
    void tunnelsThatAreOverWhileTheyGoRawEndInOrder() throws Exception {
        int count = 16;
        try (Cable cable = Cable.to(bridge, Duration.ofMillis(5), Cable.UNLIMITED)) {
            location.via(EndRole.CLIENT, bridge, cable);
            for (int i = 0; i < count; i++) {
                long size = 2 * MEBIBYTE + i * MEBIBYTE / 8;
                try (TestTunnel tunnel = location.open(bridge)) {
                    CompletableFuture<String> sentByClient = Streams.sending(tunnel.near(), size, 1);
                    CompletableFuture<String> sentByAgent = Streams.sending(tunnel.far(), size, 2);
                    CompletableFuture<String> receivedByClient = Streams.receiving(tunnel.near());

                    assertThat(Streams.receiving(tunnel.far()).get(60, TimeUnit.SECONDS))
                            .isEqualTo(sentByClient.get());
                    assertThat(receivedByClient.get(60, TimeUnit.SECONDS)).isEqualTo(sentByAgent.get());
                    assertThat(tunnel.client().await(Duration.ofSeconds(60)))
                            .contains(new TunnelOutcome.Finished(size, size));
                    Eventually.until("it is over", () -> bridge.metric("bascule_bridge_tunnels") == 0);
                }
            }
        }
        for (TunnelEnd end : location.ends()) {
            assertThat(end.await(Duration.ofSeconds(60)).orElseThrow()).isInstanceOf(TunnelOutcome.Finished.class);
        }
        // How many there is time for depends on the machine: bytes do not wait for a leg.
        assertThat(grown(RAW)).isPositive();
        assertThat(grown(TO_AGENT)).isGreaterThanOrEqualTo(2.0 * count * MEBIBYTE);
    }

    @Test
    void aCrowdThatGoesRawAtOnceTakesTurnsWhileAllOfItEchoes() throws Exception {
        int count = 24;
        long size = 5 * MEBIBYTE;
        List<TestTunnel> tunnels = new ArrayList<>();
        List<CompletableFuture<String>> sent = new ArrayList<>();
        List<CompletableFuture<String>> received = new ArrayList<>();
        try {
            Echo echo = Echo.start(opened(tunnels));
            echo.awaitFirst();
            for (int i = 0; i < count; i++) {
                TestTunnel tunnel = opened(tunnels);
                tunnel.far().write(ByteBuffer.allocate(1));
                assertThat(tunnel.near().read(ByteBuffer.allocate(1))).isEqualTo(1);
            }
            for (TestTunnel tunnel : tunnels.subList(1, tunnels.size())) {
                sent.add(Streams.sending(tunnel.near(), size, sent.size()));
                received.add(Streams.receiving(tunnel.far()));
            }
            for (int i = 0; i < count; i++) {
                assertThat(received.get(i).get(60, TimeUnit.SECONDS))
                        .isEqualTo(sent.get(i).get());
            }
            // They are open as yet: their other direction is. An agent end whose turn does not come in time comes over
            // gRPC.
            Await.until(() -> grown(RAW) > 0);
            long before = echo.rounds();
            Eventually.until("it echoes on", () -> echo.rounds() > before);
            echo.finish();
            assertThat(tunnels)
                    .allSatisfy(tunnel ->
                            assertThat(tunnel.client().await(Duration.ZERO)).isEmpty());
            assertThat(grown(TO_AGENT)).isGreaterThanOrEqualTo((double) count * size);
        } finally {
            for (TestTunnel tunnel : tunnels) {
                tunnel.close();
            }
        }
    }

    private TestTunnel opened(List<TestTunnel> tunnels) throws IOException {
        TestTunnel tunnel = location.open(bridge);
        tunnels.add(tunnel);
        return tunnel;
    }

    private double grown(String metric) {
        return bridge.metric(metric) - Objects.requireNonNull(before.get(metric));
    }
}
