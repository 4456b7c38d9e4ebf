package io.bascule.bridge.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a real bridge comes to its certificate. */
@SuppressWarnings("NullAway.Init")
class CertificateTests {

    @TempDir
    private Path directory;

    private FakeApi api;
    private RunningBridge bridge;

    @BeforeEach
    void anApi() throws Exception {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        bridge.close();
        api.close();
    }

    @Test
    void aBridgeIsNotReadyBeforeTheApiHasAnswered() throws Exception {
        api.setAway(true);
        bridge = RunningBridge.startUnready(RunningBridge.ID, api, directory);

        var notReady = bridge.get("/health/ready");
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.body()).contains("STARTING");
        assertThat(bridge.get("/health/live").statusCode()).isEqualTo(200);

        api.setAway(false);

        bridge.awaitReady();
    }

    @Test
    void aNewCertificateIsShownToNewConnectionsAndOldOnesGoOn() throws Exception {
        api.setCertificateLife(Duration.ofSeconds(5));
        bridge = RunningBridge.start(api, directory);
        Identity identity = api.authority().agent(UUID.randomUUID());
        TestAgent old = new TestAgent(bridge.channel(identity)).hello("i1");
        old.next(MessageCase.BRIDGES);

        api.setCertificateLife(Duration.ofHours(1));
        bridge.bean(CertificateRenewal.class).renewIfDue();
        bridge.bean(CertificateRenewal.class).renewIfDue();

        assertThat(api.certificatesIssued()).isEqualTo(2);
        assertThat(bridge.certificateShown().getNotAfter().toInstant())
                .isAfter(Instant.now().plusSeconds(60));
        new TestAgent(bridge.channel(identity)).hello("i2").next(MessageCase.BRIDGES);
        old.hello("again");
        assertThat(old.awaitEnd().getDescription()).contains("said twice");
    }

    @Test
    void aCertificateThatIsStillGoodIsNotRenewed() throws Exception {
        bridge = RunningBridge.start(api, directory);

        bridge.bean(CertificateRenewal.class).renewIfDue();

        assertThat(api.certificatesIssued()).isEqualTo(1);
    }
}
