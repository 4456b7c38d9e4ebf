package io.bascule.api.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.bridges.FakeBridge;
import io.bascule.api.certificates.SigningRequests;
import io.bascule.testsupport.TestDatabase;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class JoinTests {

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private final StringRedisTemplate redis;

    JoinTests(Api api, MovableClock clock, TestDatabase database, StringRedisTemplate redis) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
        this.redis = redis;
    }

    @BeforeEach
    void aBridgeIsUp() {
        FakeBridge.up(api, clock);
    }

    @Test
    void anAgentGetsACertificateForItsOwnKeyAndAllItNeedsToDial() throws GeneralSecurityException {
        String token = JoiningAgent.token(api, "joins");
        KeyPair key = SigningRequests.keyPair("EC", 256);

        Answer answer = JoiningAgent.join(api, token, SigningRequests.of(key, "SHA256withECDSA"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.at("/agent/name")).isEqualTo("joins");
        assertThat(answer.at("/workspace")).isEqualTo("default");
        assertThat(answer.at("/bridges/0/address")).isNotEmpty();
        assertThat(answer.at("/bridges/0/authority")).isNotEmpty();
        assertThat(answer.at("/ticketKeys/0/publicKey")).isNotEmpty();
        X509Certificate certificate = certificates(answer.at("/certificate")).getFirst();
        assertThat(certificate.getPublicKey()).isEqualTo(key.getPublic());
        assertThat(certificate.getSubjectX500Principal().getName())
                .as("ours, not the request's")
                .isEqualTo("CN=" + answer.at("/agent/id") + ",OU=agent");
        certificate.verify(certificates(answer.at("/authorities")).getFirst().getPublicKey());
    }

    @Test
    void joiningIsOnRecordBeforeTheAgentHasItsCertificate() {
        String token = JoiningAgent.token(api, "recorded");

        String agent = JoiningAgent.join(api, token, SigningRequests.valid()).at("/agent/id");

        assertThat(jdbc.sql(
                                "select actor_kind || ' ' || outcome from audit_events where action = 'agent.join' and target_id = ?")
                        .param(agent)
                        .query(String.class)
                        .list())
                .containsExactly("agent allowed");
        assertThat(jdbc.sql("select count(*) from certificates where kind = 'agent' and subject = ?")
                        .param(agent)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        assertThat(api.viewer().get("/api/v1/agents/" + agent).at("/state")).isEqualTo("offline");
    }

    @Test
    void aTokenIsGoodOnce() {
        String token = JoiningAgent.token(api, "once");
        JoiningAgent.join(api, token, SigningRequests.valid());

        Answer again = JoiningAgent.join(api, token, SigningRequests.valid());

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("join-token-used");
        assertThat(refusals("once")).containsExactly("join-token-used");
    }

    @Test
    void ofManyWhoUseATokenAtOnceExactlyOneGetsIn() throws Exception {
        String token = JoiningAgent.token(api, "race");
        int rivals = 8;
        CyclicBarrier start = new CyclicBarrier(rivals);
        Callable<Answer> rival = () -> {
            String request = SigningRequests.valid();
            start.await();
            return JoiningAgent.join(api, token, request);
        };

        List<Integer> statuses;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = threads.invokeAll(java.util.Collections.nCopies(rivals, rival));
            statuses = answers.stream()
                    .map(answer -> answer.resultNow().status())
                    .sorted()
                    .toList();
        }

        assertThat(statuses).containsExactly(200, 401, 401, 401, 401, 401, 401, 401);
        assertThat(jdbc.sql("""
                        select count(*) from certificates c join agents a on a.id::text = c.subject
                        where a.name = 'race'
                        """).query(Long.class).single()).isEqualTo(1);
    }

    @Test
    void aTokenExpires() {
        String token = JoiningAgent.token(api, "late");
        clock.advance(Duration.ofMinutes(61));
        FakeBridge.up(api, clock);

        Answer answer = JoiningAgent.join(api, token, SigningRequests.valid());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("join-token-expired");
    }

    @Test
    void aTokenWeNeverMadeIsRefused() {
        Answer answer = JoiningAgent.join(api, "bsc_join_made-up", SigningRequests.valid());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("join-token-invalid");
        assertThat(answer.text()).doesNotContain("made-up");
    }

    @Test
    void aRevokedAgentsTokenIsNoGood() {
        String token = JoiningAgent.token(api, "gone");
        api.admin().delete("/api/v1/agents/gone");

        assertThat(JoiningAgent.join(api, token, SigningRequests.valid()).code())
                .isEqualTo("join-token-invalid");
    }

    @Test
    void aBadRequestDoesNotUseTheTokenUp() {
        String token = JoiningAgent.token(api, "clumsy");
        String stolen = SigningRequests.signedBy(
                SigningRequests.keyPair("EC", 256), SigningRequests.keyPair("EC", 256), "SHA256withECDSA");

        Answer answer = JoiningAgent.join(api, token, stolen);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("certificate-request-invalid");
        assertThat(JoiningAgent.join(api, token, SigningRequests.valid()).status())
                .isEqualTo(200);
    }

    @Test
    void whileNoBridgeIsUpTheTokenStaysGood() {
        String token = JoiningAgent.token(api, "early");
        redis.delete("bridges");

        Answer answer = JoiningAgent.join(api, token, SigningRequests.valid());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("no-bridge");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        FakeBridge.up(api, clock);
        assertThat(JoiningAgent.join(api, token, SigningRequests.valid()).status())
                .isEqualTo(200);
    }

    @Test
    void onlyTheTokensHashIsStored() {
        String token = JoiningAgent.token(api, "hashed");

        assertThat(token).startsWith("bsc_join_").hasSize(52);
        assertThat(jdbc.sql("""
                        select count(*) from join_tokens t join agents a on a.id = t.agent_id
                        where a.name = 'hashed' and t.hash = sha256(?::bytea)
                        """)
                        .param(token.getBytes(US_ASCII))
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aTokenForAWeekIsTheLongest() {
        api.admin().post("/api/v1/agents", Map.of("name", "patient"));

        Answer answer = api.admin().post("/api/v1/agents/patient/join-tokens", Map.of("expiresInMinutes", 10_081));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/expiresInMinutes");
        assertThat(api.operator()
                        .post("/api/v1/agents/patient/join-tokens", Map.of())
                        .status())
                .isEqualTo(403);
    }

    private List<@Nullable String> refusals(String agent) {
        return jdbc.sql("""
                        select details ->> 'reason' from audit_events
                        where action = 'agent.join.refuse' and target_name = ?
                        """).param(agent).query(String.class).list();
    }

    private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }
}
