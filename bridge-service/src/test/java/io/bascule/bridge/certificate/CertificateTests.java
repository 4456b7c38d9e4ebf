package io.bascule.bridge.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.bridge.testing.FakeApi;
import io.bascule.bridge.testing.RunningBridge;
import io.bascule.bridge.testing.TestAgent;
import io.bascule.bridge.testing.TestAuthority;
import io.bascule.bridge.testing.TestAuthority.Identity;
import io.bascule.protocol.tunnel.v1.BridgeMessage.MessageCase;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
    void anotherAuthorityOfTheSameNameTakesOverUnnoticed() throws Exception {
        TestAuthority old = api.authority();
        TestAuthority next = new TestAuthority();
        Identity before = old.agent(UUID.randomUUID());
        Identity after = next.agent(UUID.randomUUID());
        api.setCertificateLife(Duration.ofSeconds(5));
        bridge = RunningBridge.start(api, directory);
        TestAgent stranger = new TestAgent(bridge.channel(after, List.of(old))).hello("i0");
        assertThat(stranger.awaitEnd().getCode()).as("not made known yet").isEqualTo(Status.Code.UNAVAILABLE);

        api.announce(next);
        bridge.bean(CertificateRenewal.class).renewIfDue();
        bridge.certificateShown().verify(old.certificate().getPublicKey());
        new TestAgent(bridge.channel(before, List.of(old))).hello("i1").next(MessageCase.BRIDGES);
        new TestAgent(bridge.channel(after, List.of(old, next))).hello("i2").next(MessageCase.BRIDGES);

        api.signWith(next);
        bridge.bean(CertificateRenewal.class).renewIfDue();
        bridge.certificateShown().verify(next.certificate().getPublicKey());
        new TestAgent(bridge.channel(before, List.of(old, next))).hello("i3").next(MessageCase.BRIDGES);
        new TestAgent(bridge.channel(after, List.of(next))).hello("i4").next(MessageCase.BRIDGES);
        TestAgent left = new TestAgent(bridge.channel(before, List.of(old))).hello("i5");
        assertThat(left.awaitEnd().getCode())
                .as("who never heard of the new one")
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aCertificateThatIsStillGoodIsNotRenewed() throws Exception {
        bridge = RunningBridge.start(api, directory);

        bridge.bean(CertificateRenewal.class).renewIfDue();

        assertThat(api.certificatesIssued()).isEqualTo(1);
    }
}
