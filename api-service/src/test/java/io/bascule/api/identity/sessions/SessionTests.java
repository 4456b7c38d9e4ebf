package io.bascule.api.identity.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.caller.Role;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class SessionTests {

    private static final String STORED = "bascule:session:sessions:*";

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private final StringRedisTemplate redis;

    SessionTests(Api api, MovableClock clock, JdbcClient jdbc, StringRedisTemplate redis) {
        this.api = api;
        this.clock = clock;
        this.jdbc = jdbc;
        this.redis = redis;
    }

    @Test
    void signingInOpensASessionAndTellsWhoOneIs() {
        Answer answer = api.anonymous().post("/api/v1/session", Map.of("username", "OWNER", "password", Api.PASSWORD));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/user/username")).isEqualTo("owner");
        assertThat(answer.at("/workspace/name")).isEqualTo("default");
        assertThat(answer.at("/role")).isEqualTo("owner");
        assertThat(answer.cookies())
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("bascule_session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/"));
        assertThat(api.browser(answer).get("/api/v1/session").json()).isEqualTo(answer.json());
    }

    @Test
    void withoutASessionOneIsAskedToSignIn() {
        Answer answer = api.anonymous().get("/api/v1/session");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("sign-in-required");
    }

    @Test
    void aTokenNeedsNoSession() {
        assertThat(api.viewer().get("/api/v1/session").at("/role")).isEqualTo("viewer");
    }

    @Test
    void whatAnotherRequestLeftOfASignedOutSessionIsNone() {
        Set<String> before = redis.keys(STORED);
        var browser = api.signIn("owner", Api.PASSWORD);
        Set<String> opened = new HashSet<>(redis.keys(STORED));
        opened.removeAll(before);
        assertThat(opened).hasSize(1);
        String session = opened.iterator().next();

        redis.opsForHash().keys(session).stream()
                .filter(field -> !field.equals("lastAccessedTime"))
                .forEach(field -> redis.opsForHash().delete(session, field));

        assertThat(redis.hasKey(session)).isTrue();
        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
        assertThat(redis.hasKey(session)).isFalse();
    }

    @Test
    void aSignedOutSessionIsOver() {
        var browser = api.signIn("owner", Api.PASSWORD);

        assertThat(browser.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
    }

    @Test
    void aWrongPasswordAnUnknownNameAndADisabledUserLookTheSame() {
        api.newUser("disabled", Role.VIEWER);
        jdbc.sql("update users set disabled_at = now() where username = 'disabled'")
                .update();

        Answer wrong = signIn("viewer", "wrong");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("wrong-credentials");
        assertThat(wrong.cookies()).noneMatch(cookie -> cookie.startsWith("bascule_session"));
        assertThat(withoutTrace(signIn("nobody", Api.PASSWORD))).isEqualTo(withoutTrace(wrong));
        assertThat(withoutTrace(signIn("disabled", Api.PASSWORD))).isEqualTo(withoutTrace(wrong));
    }

    @Test
    void anUnknownNameTakesAsLongAsAKnownOne() {
        api.newUser("timed", Role.VIEWER);
        long known = fastest(() -> signIn("timed", "wrong"));
        long unknown = fastest(() -> signIn("untimed", "wrong"));

        assertThat(unknown).isBetween(known / 3, known * 3);
    }

    @Test
    void aDisabledUsersSessionEnds() {
        api.newUser("leaving", Role.VIEWER);
        ApiClient browser = api.signIn("leaving", Api.PASSWORD);
        assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);

        jdbc.sql("update users set disabled_at = now() where username = 'leaving'")
                .update();
        clock.advance(Duration.ofSeconds(2));

        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
    }

    @Test
    void aSessionEndsAfterSevenDaysHoweverBusy() {
        ApiClient browser = api.signIn("owner", Api.PASSWORD);

        clock.advance(Duration.ofDays(7).plusSeconds(1));

        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
    }

    @Test
    void aBrowserMustProveThatItMeantToChangeSomething() {
        Answer opened = api.anonymous().post("/api/v1/session", Map.of("username", "owner", "password", Api.PASSWORD));
        ApiClient browser = api.browser(opened);
        ApiClient withoutProof = browser.without("X-XSRF-TOKEN");

        Answer missing = withoutProof.post("/api/v1/tokens", Map.of("name", "forged"));
        Answer wrong = withoutProof
                .with("X-XSRF-TOKEN", "0b8ee9a4-6b4c-4a55-9d0b-3c6a0e6f9a5d")
                .post("/api/v1/tokens", Map.of("name", "forged"));

        assertThat(missing.status()).isEqualTo(403);
        assertThat(missing.code()).isEqualTo("csrf-token-missing");
        assertThat(wrong.code()).isEqualTo("csrf-token-missing");
        assertThat(withoutProof.get("/api/v1/tokens").status()).isEqualTo(200);
        assertThat(browser.post("/api/v1/tokens", Map.of("name", "meant")).status())
                .isEqualTo(201);
    }

    @Test
    void signingInAgainReplacesTheSession() {
        ApiClient first = api.signIn("owner", Api.PASSWORD);

        Answer second = first.post("/api/v1/session", Map.of("username", "owner", "password", Api.PASSWORD));

        assertThat(second.status()).isEqualTo(200);
        assertThat(first.get("/api/v1/session").code()).isEqualTo("sign-in-required");
        assertThat(second.cookies()).anyMatch(cookie -> cookie.startsWith("bascule_session="));
    }

    @Test
    void strangersAreAskedToSignInWhateverTheMethod() {
        assertThat(api.anonymous().post("/api/v1/tokens", Map.of("name", "x")).code())
                .isEqualTo("sign-in-required");
        assertThat(api.anonymous().get("/api/v1/no/such/address").code()).isEqualTo("sign-in-required");
    }

    @Test
    void userCredentialsOpenNothingInternal() {
        assertThat(api.owner().post("/internal/tunnels", "{}").code()).isEqualTo("service-token-invalid");
        assertThat(api.signIn("owner", Api.PASSWORD)
                        .post("/internal/tunnels", "{}")
                        .code())
                .isEqualTo("service-token-invalid");
    }

    private Answer signIn(String username, String password) {
        return api.anonymous().post("/api/v1/session", Map.of("username", username, "password", password));
    }

    private static String withoutTrace(Answer answer) {
        return answer.text().replaceAll("\"traceId\":\"[^\"]*\"", "");
    }

    private static long fastest(Runnable attempt) {
        return IntStream.range(0, 4)
                .mapToLong(_ -> {
                    long start = System.nanoTime();
                    attempt.run();
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
    }
}
