package io.bascule.api.tunnels;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.api.certificates.SigningRequests;
import io.bascule.testsupport.TestDatabase;
import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.ticket.Ticket;
import io.bascule.tunnel.client.ticket.TicketCheck;
import io.bascule.tunnel.client.ticket.TicketKeys;
import io.bascule.tunnel.client.ticket.TicketReader;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class OpenTunnelTests {

    private final Api api;
    private final MovableClock clock;
    private final StringRedisTemplate redis;
    private final JdbcClient jdbc;

    OpenTunnelTests(Api api, MovableClock clock, StringRedisTemplate redis, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.redis = redis;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void forgetOtherBridges() {
        redis.delete(List.of("bridges", "bridges:load"));
    }

    @AfterEach
    void forgetRules() {
        jdbc.sql("delete from access_rules").update();
    }

    @Test
    void theAnswerHoldsACertificateForTheClientAndATicketForTheBridge() throws GeneralSecurityException {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());

        Answer opened = location.open(api.operator());

        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        assertThat(opened.at("/epoch")).isEqualTo("1");
        assertThat(opened.at("/resource/name")).isEqualTo(location.resourceName());
        assertThat(opened.at("/resource/kind")).isEqualTo("postgres");
        assertThat(opened.at("/bridges/0/id")).isEqualTo(bridge.id());
        assertThat(opened.at("/bridges/0/authority")).isEqualTo(bridge.authority());
        X509Certificate certificate = certificate(opened.at("/certificate"));
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + opened.at("/id") + ",OU=client");
        certificate.verify(certificate(opened.at("/authorities")).getPublicKey());
        Ticket ticket = read(opened.at("/bridges/0/ticket"), bridge);
        assertThat(ticket.bridge()).isEqualTo(bridge.id());
        assertThat(ticket.boot()).isEqualTo(bridge.boot());
        assertThat(ticket.tunnel()).hasToString(opened.at("/id"));
        assertThat(ticket.epoch()).isEqualTo(1);
        assertThat(ticket.agent()).hasToString(location.agent());
        assertThat(ticket.client()).isEqualTo(thumbprint(certificate));
        assertThat(ticket.target())
                .isEqualTo(new Ticket.Target(
                        location.resource(), location.resourceName(), "postgres", "db.internal", 5432));
    }

    @Test
    void aTicketIsGoodForAMinuteAndTheSkew() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        try (var _ = clock.hold()) {
            String ticket = location.open(api.operator()).at("/bridges/0/ticket");

            clock.advance(Duration.ofSeconds(88));
            assertThat(reader(bridge).read(ticket)).isInstanceOf(TicketCheck.Good.class);
            clock.advance(Duration.ofSeconds(3));
            assertThat(reader(bridge).read(ticket)).isInstanceOf(TicketCheck.Bad.class);
        }
    }

    @Test
    void theDecisionIsOnRecord() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());

        String tunnel = location.opened();

        assertThat(jdbc.sql("""
                        select actor_name || ' ' || outcome || ' ' || target_name from audit_events
                        where action = 'tunnel.open' and target_id = ?
                        """).param(tunnel).query(String.class).list())
                .containsExactly("operator allowed " + location.resourceName());
        assertThat(jdbc.sql("select count(*) from certificates where kind = 'client' and subject = ?")
                        .param(tunnel)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void bothEndsAreToldWhoTheOtherIsAndThatBridgesSeeCiphertextOnly() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());

        Answer opened = location.open(api.operator());

        assertThat(opened.at("/agent")).isEqualTo(location.agent().toString());
        assertThat(opened.at("/inner")).isEqualTo("tls");
        assertThat(reader(bridge).read(opened.at("/bridges/0/ticket")))
                .isInstanceOfSatisfying(
                        TicketCheck.Good.class,
                        good -> assertThat(good.ticket().inner()).isEqualTo(Inner.TLS));
    }

    @Test
    void standbyTicketsAreForEveryBridgeThatIsUpAndLastADay() {
        Location location = Location.create(api, clock);
        FakeBridge reaching = FakeBridge.up(api, clock, location.agent());
        FakeBridge other = FakeBridge.up(api, clock);

        Answer opened = location.open(api.operator());

        assertThat(bridges(opened)).containsExactly(reaching.id());
        assertThat(opened.at("/standbys/0/id")).isEqualTo(reaching.id());
        String standby = opened.json()
                .at("/standbys")
                .valueStream()
                .filter(entrance -> entrance.at("/id").asString().equals(other.id()))
                .map(entrance -> entrance.at("/ticket").asString())
                .findFirst()
                .orElseThrow();
        Ticket ticket = read(standby, other);
        assertThat(ticket.use()).isEqualTo(Ticket.Use.STANDBY);
        assertThat(ticket.bridge()).isEqualTo(other.id());
        assertThat(ticket.boot()).isNull();
        assertThat(ticket.allows(1)).isFalse();
        clock.advance(Duration.ofHours(24));
        assertThat(reader(other).read(standby)).isInstanceOf(TicketCheck.Good.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(reader(other).read(standby)).isInstanceOf(TicketCheck.Bad.class);
    }

    @Test
    void ticketsAreForAtMostThreeBridgesTheLeastLoadedFirst() {
        Location location = Location.create(api, clock);
        FakeBridge busy = FakeBridge.up(api, clock);
        busy.expect(busy.full(running(5), location.agent()));
        FakeBridge idle = FakeBridge.up(api, clock, location.agent());
        FakeBridge fair = FakeBridge.up(api, clock);
        fair.expect(fair.full(running(2), location.agent()));
        FakeBridge busiest = FakeBridge.up(api, clock);
        busiest.expect(busiest.full(running(9), location.agent()));
        FakeBridge elsewhere = FakeBridge.up(api, clock);

        List<String> bridges = bridges(location.open(api.operator()));

        assertThat(bridges)
                .containsExactly(idle.id(), fair.id(), busy.id())
                .doesNotContain(busiest.id(), elsewhere.id());
    }

    @Test
    void whatWasJustGivenToABridgeCountsAsLoad() {
        Location location = Location.create(api, clock);
        FakeBridge one = FakeBridge.up(api, clock, location.agent());
        FakeBridge other = FakeBridge.up(api, clock, location.agent());

        List<String> firsts = Stream.generate(
                        () -> bridges(location.open(api.operator())).getFirst())
                .limit(4)
                .toList();

        assertThat(firsts).containsExactly(one.id(), other.id(), one.id(), other.id());
    }

    @Test
    void aDrainingBridgeGetsNoTunnel() {
        Location location = Location.create(api, clock);
        FakeBridge leaving = FakeBridge.silent(api, clock).draining();
        leaving.expect(leaving.full(location.agent()));

        Answer alone = location.open(api.operator());
        assertThat(alone.status()).isEqualTo(503);
        assertThat(alone.code()).isEqualTo("no-bridge");
        assertThat(alone.header("Retry-After")).isEqualTo("2");

        FakeBridge staying = FakeBridge.up(api, clock, location.agent());
        assertThat(bridges(location.open(api.operator()))).containsExactly(staying.id());
    }

    @Test
    void withoutAnyBridgeTheCallerIsToldToComeBack() {
        Location location = Location.create(api, clock);
        redis.delete("bridges");

        Answer answer = location.open(api.operator());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("no-bridge");
    }

    @Test
    void anAgentThatIsOnNoBridgeIsNamed() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock);

        Answer answer = location.open(api.operator());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("agent-offline");
        assertThat(answer.at("/detail")).contains(location.agentName());
        assertThat(refusals(location.resource())).containsExactly("failed agent-offline");
    }

    @Test
    void whatABridgeSaidBeforeItsRestartCountsNoMore() {
        Location location = Location.create(api, clock);
        FakeBridge bridge = FakeBridge.up(api, clock, location.agent());
        bridge.restart();
        clock.advance(Duration.ofMillis(5));
        bridge.expect(bridge.full());

        assertThat(location.open(api.operator()).code()).isEqualTo("agent-offline");
    }

    @Test
    void aRevokedAgentCarriesNothingNew() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        api.admin().delete("/api/v1/agents/" + location.agent());

        Answer answer = location.open(api.operator());

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("agent-revoked");
    }

    @Test
    void aViewerIsRefusedAndThatIsOnRecord() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());

        Answer answer = location.open(api.viewer());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
        assertThat(jdbc.sql("""
                        select outcome from audit_events
                        where action = 'tunnel.refuse' and actor_name = 'viewer' and target_name = ?
                        """)
                        .param(location.resourceName())
                        .query(String.class)
                        .list())
                .containsExactly("denied");
    }

    @Test
    void aDenialByLabelWinsAndIsOnRecord() {
        Location location = Location.create(api, clock, Map.of("env", "prod"));
        FakeBridge.up(api, clock, location.agent());
        rule("allow", "operator", "{}");
        assertThat(location.open(api.operator()).status()).isEqualTo(201);

        rule("deny", "operator", "{\"env\": \"prod\"}");

        assertThat(location.open(api.operator()).status()).isEqualTo(403);
        assertThat(refusals(location.resource())).containsExactly("denied forbidden");
        assertThat(location.open(api.admin()).status())
                .as("above the denied role")
                .isEqualTo(201);
    }

    @Test
    void anUnknownResourceIsNamed() {
        Answer answer = api.operator()
                .post(
                        "/api/v1/tunnels",
                        Map.of("resource", "atlantis", "certificateSigningRequest", SigningRequests.valid()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("resource-not-found");
        assertThat(answer.at("/detail")).contains("atlantis");
    }

    @Test
    void anotherWorkspacesResourceIsUnknown() {
        UUID workspace = jdbc.sql("insert into workspaces (name) values (?) returning id")
                .param("w-" + UUID.randomUUID().toString().substring(0, 8))
                .query(UUID.class)
                .single();
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());
        jdbc.sql("update resources set workspace_id = ? where id = ?::uuid")
                .params(workspace, location.resource())
                .update();

        Answer byId = api.owner()
                .post(
                        "/api/v1/tunnels",
                        Map.of("resource", location.resource(), "certificateSigningRequest", SigningRequests.valid()));

        assertThat(location.open(api.owner()).code()).isEqualTo("resource-not-found");
        assertThat(byId.code()).isEqualTo("resource-not-found");
    }

    @Test
    void aBadCertificateRequestOpensNothing() {
        Location location = Location.create(api, clock);
        FakeBridge.up(api, clock, location.agent());

        Answer answer = location.open(api.operator(), "not a request");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("certificate-request-invalid");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/certificateSigningRequest");
    }

    private Ticket read(String ticket, FakeBridge bridge) {
        TicketCheck check = reader(bridge).read(ticket);
        assertThat(check).isInstanceOf(TicketCheck.Good.class);
        return ((TicketCheck.Good) check).ticket();
    }

    private TicketReader reader(FakeBridge bridge) {
        Answer report = bridge.expect(bridge.unchanged());
        TicketKeys keys = new TicketKeys();
        keys.replace(Map.of(report.at("/ticketKeys/0/id"), report.at("/ticketKeys/0/publicKey")));
        return new TicketReader(keys, clock);
    }

    private static List<Map<String, Object>> running(int count) {
        return Stream.generate(() -> FakeBridge.open(UUID.randomUUID().toString(), 1, 0, 0))
                .limit(count)
                .toList();
    }

    private static List<String> bridges(Answer opened) {
        assertThat(opened.status()).as(opened.toString()).isEqualTo(201);
        return opened.json()
                .at("/bridges")
                .valueStream()
                .map(bridge -> bridge.get("id").asString())
                .toList();
    }

    private void rule(String effect, String role, String labels) {
        jdbc.sql("""
                        insert into access_rules (workspace_id, effect, role, labels)
                        select id, ?, ?, ?::jsonb from workspaces where name = 'default'
                        """).params(effect, role, labels).update();
    }

    private List<@Nullable String> refusals(String resource) {
        return jdbc.sql("""
                        select outcome || ' ' || (details ->> 'reason') from audit_events
                        where action = 'tunnel.refuse' and target_id = ?
                        """).param(resource).query(String.class).list();
    }

    private static X509Certificate certificate(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                .iterator()
                .next();
    }

    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
