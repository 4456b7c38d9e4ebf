package io.bascule.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.revocations.RevocationList;
import io.bascule.bridge.server.BridgeServer;
import io.bascule.bridge.testing.Echo;
import io.bascule.bridge.testing.Eventually;
import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestTunnel;
import io.bascule.tunnel.ResetCode;
import io.bascule.tunnel.StreamState.Origin;
import io.bascule.tunnel.client.TunnelOutcome;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rights that end while they are used: within two seconds, and for tickets that are still good by their dates. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class RevocationTests {

    private static final Duration WITHIN = Duration.ofSeconds(2);

    @TempDir
    private Path directory;

    private FakeApi api;
    private RunningBridge bridge;
    private TestTunnel.Location location;
    private TestAgent control;

    @BeforeEach
    void anAgentIsConnected() throws Exception {
        api = new FakeApi();
        bridge = RunningBridge.start(api, directory, "bascule.bridge.drain-budget=0s");
        Eventually.until("told", () -> bridge.bean(RevocationList.class).isTold());
        location = new TestTunnel.Location(api);
        control = location.connect(bridge);
    }

    @AfterEach
    void stop() {
        location.close();
        bridge.close();
        api.close();
    }

    @Test
    void aRevokedAgentLosesItsControlStreamAndItsTunnelsAndMayNotComeBack() throws Exception {
        try (TestTunnel tunnel = used()) {
            api.revoke("agent", location.agent(), location.agent(), "the agent was revoked");

            assertRevoked(tunnel, "the agent was revoked");
            assertThat(control.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            TestAgent again = location.control(bridge).hello("i2");
            assertThat(again.awaitEnd().getDescription()).isEqualTo("the agent was revoked");
        }
    }

    @Test
    void aRevokedTunnelEndsAtBothEnds() throws Exception {
        try (TestTunnel tunnel = used()) {
            api.revoke("tunnel", tunnel.id(), location.agent(), "its token was revoked");

            assertRevoked(tunnel, "its token was revoked");
            assertThat(location.ends().getFirst().await(WITHIN)).isPresent();
        }
    }

    @Test
    void aTunnelThatIsRevokedWhileItIsDetachedDoesNotComeBack() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (RunningBridge standby = RunningBridge.startAs("bridge-1", api, other, "bascule.bridge.drain-budget=0s")) {
            Eventually.until("told", () -> standby.bean(RevocationList.class).isTold());
            try (TestTunnel tunnel = location.open(bridge, standby)) {
                Echo echo = Echo.start(tunnel);
                Eventually.until("it echoes", () -> echo.rounds() > 0);
                bridge.bean(BridgeServer.class).kill();
                Eventually.until(
                        "detached", () -> tunnel.client().interruption().isPresent());

                api.revoke("tunnel", tunnel.id(), location.agent(), "closed while away");
                Eventually.until(
                        "the standby knows",
                        () -> standby.bean(RevocationList.class).known() == 1);
                location.connect(standby);

                assertThat(tunnel.client().await(Duration.ofSeconds(60)))
                        .contains(new TunnelOutcome.Reset(ResetCode.REVOKED, "closed while away", Origin.OTHER_END));
            }
        }
    }

    private TestTunnel used() throws Exception {
        TestTunnel tunnel = location.open(bridge);
        Echo echo = Echo.start(tunnel);
        Eventually.until("it echoes", () -> echo.rounds() > 0);
        return tunnel;
    }

    private static void assertRevoked(TestTunnel tunnel, String reason) throws InterruptedException {
        assertThat(tunnel.client().await(WITHIN))
                .hasValueSatisfying(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(TunnelOutcome.Reset.class, reset -> {
                            assertThat(reset.code()).isEqualTo(ResetCode.REVOKED);
                            assertThat(reset.text()).isEqualTo(reason);
                        }));
    }
}
