package io.bascule.service.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.service.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTokensTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final InstantSource clock = now::get;

    @TempDir
    Path trusted;

    private KeyPair bridge;
    private ServiceTokens tokens;

    @BeforeEach
    void trustTheBridge() throws Exception {
        bridge = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        trust("bridge-service.pem", bridge);
        tokens = new ServiceTokens("bridge-service", "bridge-0", bridge.getPrivate(), clock);
    }

    @Test
    void aTrustedServiceIsKnownByNameAndInstance() {
        assertThat(verifier("api-service").verify(tokens.tokenFor("api-service")))
                .isEqualTo(new ServiceCaller("bridge-service", "bridge-0"));
    }

    @Test
    void aTokenIsGoodForOneAudienceOnly() {
        String token = tokens.tokenFor("api-service");

        assertThatThrownBy(() -> verifier("orchestrator").verify(token)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aTokenExpires() {
        String token = tokens.tokenFor("api-service");
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(89)));
        assertThat(verifier("api-service").verify(token).service()).isEqualTo("bridge-service");
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));

        assertThatThrownBy(() -> verifier("api-service").verify(token)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aTokenIsReusedForHalfItsLife() {
        String first = tokens.tokenFor("api-service");
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(29)));
        assertThat(tokens.tokenFor("api-service")).isEqualTo(first);
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(2)));

        assertThat(tokens.tokenFor("api-service")).isNotEqualTo(first);
    }

    @Test
    void anotherServicesKeyIsNotTakenForTheClaimedName() throws Exception {
        KeyPair worker = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        trust("instant-worker.pem", worker);
        var forged = new ServiceTokens("bridge-service", "bridge-0", worker.getPrivate(), clock);

        assertThatThrownBy(() -> verifier("api-service").verify(forged.tokenFor("api-service")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void twoKeysOverlapWhileOneIsReplaced() throws Exception {
        KeyPair next = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        trust("bridge-service.2.pem", next);
        var renewed = new ServiceTokens("bridge-service", "bridge-0", next.getPrivate(), clock);

        assertThat(verifier("api-service")
                        .verify(renewed.tokenFor("api-service"))
                        .service())
                .isEqualTo("bridge-service");
        assertThat(verifier("api-service")
                        .verify(tokens.tokenFor("api-service"))
                        .service())
                .isEqualTo("bridge-service");

        Files.delete(trusted.resolve("bridge-service.pem"));
        assertThatThrownBy(() -> verifier("api-service").verify(tokens.tokenFor("api-service")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void aTokenThatWasFoundGoodIsGoodUntilItExpiresOrItsKeyGoes() throws Exception {
        ServiceTokenVerifier verifier = verifier("api-service");
        String token = tokens.tokenFor("api-service");
        assertThat(verifier.verify(token)).isEqualTo(verifier.verify(token));
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(89)));
        assertThat(verifier.verify(token).service()).isEqualTo("bridge-service");
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(1)));
        assertThatThrownBy(() -> verifier.verify(token)).isInstanceOf(ProblemException.class);

        String next = tokens.tokenFor("api-service");
        assertThat(verifier.verify(next).instance()).isEqualTo("bridge-0");
        trust("bridge-service.pem", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        assertThatThrownBy(() -> verifier.verify(next)).isInstanceOf(ProblemException.class);
    }

    @Test
    void garbageIsRefused() {
        assertThatThrownBy(() -> verifier("api-service").verify("not.a.token")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> verifier("api-service").verify("")).isInstanceOf(ProblemException.class);
    }

    private ServiceTokenVerifier verifier(String audience) {
        return new ServiceTokenVerifier(audience, new TrustedKeys(trusted, clock), clock);
    }

    private void trust(String file, KeyPair pair) throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        Files.writeString(
                trusted.resolve(file), "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
    }
}
