package io.bascule.api.identity.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.OwnApi;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OutageTests {

    private final TestDatabase database = TestDatabase.create();

    @Test
    void aSessionOutlivesTheProcessThatOpenedIt() {
        ApiClient browser;
        try (OwnApi first = OwnApi.start(database, TestRedis.shared())) {
            browser = first.api().signIn("owner", Api.PASSWORD);
        }
        try (OwnApi second = OwnApi.start(database, TestRedis.shared())) {
            ApiClient same = new ApiClient(second.api().server(), browser.headers());

            assertThat(same.get("/api/v1/session").at("/user/username")).isEqualTo("owner");
            assertThat(same.post("/api/v1/tokens", Map.of("name", "after the restart"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void withoutRedisTokensGoOnAndBrowsersAreAskedToComeBack() {
        TestRedis redis = TestRedis.startOwn();
        try (OwnApi own = OwnApi.start(database, redis)) {
            Api api = own.api();
            ApiClient token = api.owner();
            ApiClient browser = api.signIn("owner", Api.PASSWORD);

            redis.stop();

            assertThat(token.get("/api/v1/session").status()).isEqualTo(200);
            assertComeBack(browser.get("/api/v1/session"));
            assertComeBack(
                    api.anonymous().post("/api/v1/session", Map.of("username", "owner", "password", Api.PASSWORD)));
            assertThat(api.anonymous()
                            .post("/api/v1/session", Map.of("username", "owner", "password", "wrong"))
                            .code())
                    .isEqualTo("wrong-credentials");

            redis.start();

            Answer back = firstOtherThan503(() ->
                    api.anonymous().post("/api/v1/session", Map.of("username", "owner", "password", Api.PASSWORD)));
            assertThat(back.status()).isEqualTo(200);
            assertThat(api.browser(back).get("/api/v1/session").status()).isEqualTo(200);
        }
    }

    @Test
    void withoutPostgresNobodySignsInUntilItIsBack() {
        try (OwnApi own = OwnApi.start(database, TestRedis.shared())) {
            Api api = own.api();
            ApiClient token = api.owner();
            ApiClient browser = api.signIn("owner", Api.PASSWORD);
            var owner = Map.of("username", "owner", "password", Api.PASSWORD);

            database.goAway();
            own.clock().advance(Duration.ofSeconds(2));

            assertThat(api.anonymous().get("/health/ready").status()).isEqualTo(200);
            assertComeBack(api.anonymous().post("/api/v1/session", owner));
            assertComeBack(token.get("/api/v1/session"));
            assertComeBack(browser.get("/api/v1/session"));

            database.comeBack();

            assertThat(firstOtherThan503(() -> api.anonymous().post("/api/v1/session", owner))
                            .status())
                    .isEqualTo(200);
            assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
        }
    }

    /** Each try waits up to a second for Redis itself. */
    private static Answer firstOtherThan503(Supplier<Answer> request) {
        Answer answer = request.get();
        for (int tries = 1; tries < 20 && answer.status() == 503; tries++) {
            answer = request.get();
        }
        return answer;
    }

    private static void assertComeBack(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("store-unavailable");
        assertThat(answer.header("Retry-After")).isNotBlank();
    }
}
