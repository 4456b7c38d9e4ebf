package io.bascule.api.bridges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.ServiceClients;
import io.bascule.api.certificates.SigningRequests;
import io.bascule.testsupport.TestDatabase;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class BridgeTests {

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    BridgeTests(Api api, MovableClock clock, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void aBridgeGetsACertificateWithItsAuthority() throws GeneralSecurityException {
        Answer answer = certify("bridge-service", "bridge-77", "77.bridge.example.org");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(answer.at("/certificate").getBytes(US_ASCII)));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=bridge-77,OU=bridge");
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(2, "77.bridge.example.org"));
        assertThat(answer.at("/authorities")).contains("BEGIN CERTIFICATE");
        assertThat(jdbc.sql(
                                "select count(*) from audit_events where action = 'bridge.certify' and target_id = 'bridge-77'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void nobodyButTheBridgeServiceActsAsABridge() {
        assertThat(certify("instant-worker", "bridge-78", "78.bridge.test").code())
                .isEqualTo("service-forbidden");
        assertThat(api.owner()
                        .post("/internal/bridges/bridge-78/reports", Map.of())
                        .status())
                .isEqualTo(401);
        assertThat(FakeBridge.silent(api, clock)
                        .impersonatedBy("instant-worker")
                        .code())
                .isEqualTo("service-forbidden");
    }

    @Test
    void aNameThatCouldBeMistakenIsRefused() {
        assertThat(certify("bridge-service", "bridge-79", "*.test").at("/errors/0/pointer"))
                .isEqualTo("/authority");
        assertThat(certify("bridge-service", "BRIDGE", "79.test").at("/errors/0/pointer"))
                .isEqualTo("/id");
    }

    @Test
    void aReportIsAnsweredWithTheBridgesThatAreUpAndTheTicketKeys() {
        FakeBridge other = FakeBridge.up(api, clock);
        FakeBridge bridge = FakeBridge.silent(api, clock);

        Answer answer = bridge.expect(bridge.full());

        assertThat(answer.json()
                        .at("/bridges")
                        .valueStream()
                        .map(up -> up.get("id").asString()))
                .contains(other.id(), bridge.id());
        assertThat(answer.at("/ticketKeys/0/id")).isNotEmpty();
        assertThat(answer.at("/resync")).isEqualTo("false");
        assertThat(answer.json().at("/close").isEmpty()).isTrue();
    }

    @Test
    void aBridgeThatFellSilentIsNotListedAfterTenSeconds() {
        FakeBridge silent = FakeBridge.up(api, clock);
        clock.advance(Duration.ofSeconds(11));
        FakeBridge bridge = FakeBridge.silent(api, clock);

        Answer answer = bridge.expect(bridge.full());

        assertThat(answer.json()
                        .at("/bridges")
                        .valueStream()
                        .map(up -> up.get("id").asString()))
                .contains(bridge.id())
                .doesNotContain(silent.id());
    }

    @Test
    void aBridgeWhoseFirstReportIsNotFullIsAskedForOne() {
        FakeBridge bridge = FakeBridge.silent(api, clock);

        assertThat(bridge.expect(bridge.unchanged()).at("/resync")).isEqualTo("true");
        assertThat(bridge.expect(bridge.full()).at("/resync")).isEqualTo("false");
        assertThat(bridge.expect(bridge.unchanged()).at("/resync")).isEqualTo("false");
    }

    @Test
    void anAgentThatIsNotRegisteredIsSentAway() {
        String stranger = UUID.randomUUID().toString();
        FakeBridge bridge = FakeBridge.silent(api, clock);

        assertThat(bridge.expect(bridge.full(stranger)).at("/disconnect/0")).isEqualTo(stranger);
    }

    @Test
    void anAgentWithAnUnfitNameIsSentAwayAndItsBridgeIsStillHeard() {
        String agent = UUID.randomUUID().toString();
        FakeBridge bridge = FakeBridge.silent(api, clock);

        Answer answer = bridge.expect(bridge.report(
                true,
                Map.of("connected", List.of(Map.of("agent", agent, "instance", "a/b", "version", "1"))),
                Map.of()));

        assertThat(answer.at("/disconnect/0")).isEqualTo(agent);
    }

    @Test
    void aReportThatSaysNotWhoItIsFromIsRefused() {
        Answer answer = ServiceClients.of(api, "bridge-service", clock)
                .post(
                        "/internal/bridges/bridge-80/reports",
                        Map.of("draining", false, "sequence", 1, "full", true, "address", "nowhere"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json()
                        .at("/errors")
                        .valueStream()
                        .map(error -> error.get("pointer").asString()))
                .containsExactlyInAnyOrder("/authority", "/bootId", "/address");
    }

    private Answer certify(String service, String bridge, String authority) {
        return ServiceClients.of(api, service, clock)
                .post(
                        "/internal/bridges/" + bridge + "/certificates",
                        Map.of("certificateSigningRequest", SigningRequests.valid(), "authority", authority));
    }
}
