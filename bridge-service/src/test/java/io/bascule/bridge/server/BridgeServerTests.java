package io.bascule.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RawWire;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestLeg;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a raw leg, of which gRPC knows only the connection, when a bridge's server stops. */
@SuppressWarnings("NullAway.Init")
class BridgeServerTests {

    private FakeApi api;
    private RunningBridge bridge;
    private TestLeg leg;

    @BeforeEach
    void halfAFrameIsThere(@TempDir Path directory) throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory);
        RawWire wire = RawWire.to(bridge.port(), api.authority().client(UUID.randomUUID()));
        leg = new TestLeg(wire);
        wire.write(ByteBuffer.allocate(100).putInt(60_000).array());
        Eventually.until("it has come", () -> bridge.metric("bascule_bridge_held_bytes") > 0);
    }

    @AfterEach
    void stop() {
        leg.kill();
        bridge.close();
        api.close();
    }

    @Test
    void oneThatDoesNotEndIsWaitedForAndThenDropped() throws Exception {
        bridge.bean(BridgeServer.class).stop();

        assertThat(leg.awaitEnd().isOk()).isFalse();
    }

    @Test
    void oneIsDroppedAtOnceIfTheWaitingIsInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        bridge.bean(BridgeServer.class).stop();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(leg.awaitEnd().isOk()).isFalse();
    }
}
