package io.bascule.api.agents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An agent trades its certificate for a new one, and who may not. */
@ApiTest
class RenewTests {

    private static final String ALGORITHM = "SHA256withECDSA";

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    RenewTests(Api api, MovableClock clock, TestDatabase database) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void aBridgeIsUp() {
        FakeBridge.up(api, clock);
    }

    @Test
    void anAgentGetsACertificateForANewKeyAndItsOwnName() throws GeneralSecurityException {
        Member member = join("renews");
        KeyPair next = SigningRequests.keyPair("EC", 256);

        Answer answer = renew(member, SigningRequests.of(next, ALGORITHM), member.key());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        X509Certificate certificate = certificates(answer.at("/certificate")).getFirst();
        assertThat(certificate.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(certificate.getSubjectX500Principal().getName())
                .as("the agent's name, not the request's")
                .isEqualTo("CN=" + member.id() + ",OU=agent");
        certificate.verify(certificates(answer.at("/authorities")).getFirst().getPublicKey());
        assertThat(answer.at("/ticketKeys/0/publicKey")).isNotEmpty();
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(audited("agent.renew", "renews")).containsExactly("agent allowed");
    }

    @Test
    void theNewCertificateRenewsAgain() throws GeneralSecurityException {
        Member member = join("renews-twice");
        KeyPair next = SigningRequests.keyPair("EC", 256);
        Answer first = renew(member, SigningRequests.of(next, ALGORITHM), member.key());

        Member renewed = new Member(member.id(), next, first.at("/certificate"));

        assertThat(renew(renewed, SigningRequests.valid(), next).status()).isEqualTo(200);
    }

    @Test
    void whoeverHasTheCertificateButNotItsKeyIsRefused() throws GeneralSecurityException {
        Member member = join("copied");

        Answer answer = renew(member, SigningRequests.valid(), SigningRequests.keyPair("EC", 256));

        assertRefused(answer, "agent-certificate-not-held", "copied");
    }

    @Test
    void aSignatureIsGoodForItsOwnRequestOnly() throws GeneralSecurityException {
        Member member = join("replaced");
        String signature = sign("bascule-renew-1\n" + SigningRequests.valid(), member.key());

        Answer answer = ask(member.certificate(), SigningRequests.valid(), signature);

        assertRefused(answer, "agent-certificate-not-held", "replaced");
    }

    @Test
    void aRevokedAgentIsRefused() throws GeneralSecurityException {
        Member member = join("revoked");
        api.admin().delete("/api/v1/agents/revoked");

        Answer answer = renew(member, SigningRequests.valid(), member.key());

        assertRefused(answer, "agent-certificate-revoked", "revoked");
    }

    @Test
    void anExpiredCertificateIsRefusedAndTheRemedyNamed() throws GeneralSecurityException {
        Member member = join("expired");
        jdbc.sql("update certificates set not_after = now() - interval '1 second' where subject = ?")
                .param(member.id())
                .update();

        Answer answer = renew(member, SigningRequests.valid(), member.key());

        assertRefused(answer, "agent-certificate-expired", "expired");
        assertThat(answer.at("/detail")).contains("bascule agent token", "--join-token");
    }

    @Test
    void aCertificateThatWeNeverIssuedIsRefusedWhateverItNames() throws GeneralSecurityException {
        Member member = join("impersonated");
        KeyPair strange = SigningRequests.keyPair("EC", 256);
        String forged = SelfSigned.certificate("CN=" + member.id() + ",OU=agent", strange);

        Answer answer = renew(new Member(member.id(), strange, forged), SigningRequests.valid(), strange);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("agent-certificate-unknown");
    }

    @Test
    void whatIsNoCertificateIsABadRequest() throws GeneralSecurityException {
        Answer answer = ask("garbage", SigningRequests.valid(), "c2lnbmF0dXJl");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("certificate-unreadable");
        assertThat(answer.at("/errors/0/pointer")).isEqualTo("/certificate");
    }

    @Test
    void metricsSayWhenTheFirstCertificateOfAnAgentInUseExpires() {
        Member member = join("soon");
        Instant now = clock.instant();
        jdbc.sql("update agents set last_seen_at = ? where id = ?")
                .params(Timestamp.from(now), UUID.fromString(member.id()))
                .update();
        jdbc.sql("update certificates set not_after = ? where subject = ?")
                .params(Timestamp.from(now.plusSeconds(1_000)), member.id())
                .update();
        try {
            double left = api.anonymous()
                    .get("/prometheus")
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("bascule_agent_certificate_remaining_seconds "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .findFirst()
                    .orElseThrow();

            assertThat(left).isLessThanOrEqualTo(1000);
        } finally {
            api.admin().delete("/api/v1/agents/soon");
        }
    }

    private Member join(String name) {
        KeyPair key = SigningRequests.keyPair("EC", 256);
        Answer joined = JoiningAgent.join(api, JoiningAgent.token(api, name), SigningRequests.of(key, ALGORITHM));
        assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
        return new Member(joined.at("/agent/id"), key, joined.at("/certificate"));
    }

    private Answer renew(Member member, String request, KeyPair signer) throws GeneralSecurityException {
        return ask(member.certificate(), request, sign("bascule-renew-1\n" + request, signer));
    }

    private Answer ask(String certificate, String request, String signature) {
        return api.anonymous()
                .post(
                        "/api/v1/agents:renew",
                        Map.of(
                                "certificate", certificate,
                                "certificateSigningRequest", request,
                                "signature", signature,
                                "version", "1.0.0"));
    }

    private void assertRefused(Answer answer, String code, String agent) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(audited("agent.renew.refuse", agent)).containsExactly("anonymous denied");
        assertThat(audited("agent.renew", agent)).isEmpty();
    }

    private List<@Nullable String> audited(String action, String agent) {
        return jdbc.sql("select actor_kind || ' ' || outcome from audit_events where action = ? and target_name = ?")
                .params(action, agent)
                .query(String.class)
                .list();
    }

    private static String sign(String text, KeyPair key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
                .stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** An agent that has joined, with what it has. */
    private record Member(String id, KeyPair key, String certificate) {}
}
