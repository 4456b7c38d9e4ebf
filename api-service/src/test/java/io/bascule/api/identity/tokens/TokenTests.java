package io.bascule.api.identity.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@ApiTest
class TokenTests {

    private static final Duration LONGER_THAN_A_DECISION_IS_BELIEVED = Duration.ofSeconds(2);

    private final Api api;
    private final MovableClock clock;

    TokenTests(Api api, MovableClock clock) {
        this.api = api;
        this.clock = clock;
    }

    @Test
    void aTokenIsShownOnceAndActsForItsUser() {
        Answer created = create(api.viewer(), "deploy");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/token")).matches("bsc_pat_[0-9A-Za-z]{49}");
        assertThat(created.header("Cache-Control")).contains("no-store");
        assertThat(api.bearer(created.at("/token")).get("/api/v1/session").at("/user/username"))
                .isEqualTo("viewer");
        Answer list = api.viewer().get("/api/v1/tokens");
        assertThat(list.text()).contains(created.at("/id")).doesNotContain(created.at("/token"));
    }

    @Test
    void aForgedTokenIsInvalid() {
        String forged = TokenText.random("bsc_pat_").value();

        assertRefused(api.bearer(forged).get("/api/v1/tokens"), "token-invalid");
    }

    @Test
    void aMistypedTokenIsInvalid() {
        String token = create(api.viewer(), "mistyped").at("/token");
        String mistyped = token.substring(0, 20) + (token.charAt(20) == 'A' ? 'B' : 'A') + token.substring(21);

        assertRefused(api.bearer(mistyped).get("/api/v1/tokens"), "token-invalid");
        assertRefused(api.bearer("nonsense").get("/api/v1/tokens"), "token-invalid");
        assertRefused(
                api.anonymous().with("Authorization", "Basic b3duZXI6c2VjcmV0").get("/api/v1/tokens"), "token-invalid");
    }

    @Test
    void aBadTokenIsRefusedEvenWithAGoodSession() {
        ApiClient browser = api.signIn("owner", Api.PASSWORD).with("Authorization", "Bearer nonsense");

        assertRefused(browser.get("/api/v1/session"), "token-invalid");
    }

    @Test
    void anExpiredTokenIsRefused() {
        Answer created = api.viewer().post("/api/v1/tokens", Map.of("name", "short", "expiresInDays", 1));
        ApiClient client = api.bearer(created.at("/token"));
        assertThat(client.get("/api/v1/session").status()).isEqualTo(200);

        clock.advance(Duration.ofHours(24));

        assertRefused(client.get("/api/v1/session"), "token-expired");
    }

    @Test
    void aRevokedTokenIsRefusedWithinTwoSeconds() {
        Answer created = create(api.operator(), "lost");
        ApiClient client = api.bearer(created.at("/token"));
        assertThat(client.get("/api/v1/session").status()).isEqualTo(200);

        assertThat(api.operator().delete("/api/v1/tokens/" + created.at("/id")).status())
                .isEqualTo(204);
        clock.advance(LONGER_THAN_A_DECISION_IS_BELIEVED);

        assertRefused(client.get("/api/v1/session"), "token-revoked");
        assertThat(listed(api.operator(), created.at("/id")).path("revokedAt").isString())
                .isTrue();
    }

    @Test
    void revokingTwiceChangesNothing() {
        String path = "/api/v1/tokens/" + create(api.operator(), "twice").at("/id");
        api.operator().delete(path);

        assertThat(api.operator().delete(path).status()).isEqualTo(204);
    }

    @Test
    void nobodyRevokesOrSeesTheTokensOfOthers() {
        String id = create(api.operator(), "mine").at("/id");

        Answer refused = api.owner().delete("/api/v1/tokens/" + id);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.code()).isEqualTo("token-not-found");
        assertThat(api.owner().get("/api/v1/tokens").text()).doesNotContain(id);
    }

    @Test
    void theLastUseIsWrittenAtMostOnceAMinute() {
        Answer created = create(api.viewer(), "busy");
        ApiClient client = api.bearer(created.at("/token"));
        client.get("/api/v1/session");
        String first = lastUse(created);

        clock.advance(Duration.ofSeconds(30));
        client.get("/api/v1/session");
        assertThat(lastUse(created)).isEqualTo(first);

        clock.advance(Duration.ofSeconds(31));
        client.get("/api/v1/session");
        assertThat(lastUse(created)).isGreaterThan(first);
    }

    @Test
    void aSenselessRequestIsToldWhatToChange() {
        Answer answer = api.viewer().post("/api/v1/tokens", "{\"name\": \"\", \"expiresInDays\": 0}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.json().path("errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/name", "/expiresInDays");
    }

    private String lastUse(Answer created) {
        return listed(api.viewer(), created.at("/id")).path("lastUsedAt").asString();
    }

    private static JsonNode listed(ApiClient client, String id) {
        return client.get("/api/v1/tokens")
                .json()
                .path("items")
                .valueStream()
                .filter(token -> token.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Answer create(ApiClient client, String name) {
        return client.post("/api/v1/tokens", Map.of("name", name));
    }

    private static void assertRefused(Answer answer, String code) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo(code);
    }
}
