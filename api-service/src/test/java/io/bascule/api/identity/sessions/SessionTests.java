package io.bascule.api.identity.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ApiTest
class SessionTests {

    private final Api api;

    SessionTests(Api api) {
        this.api = api;
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
    void aSignedOutSessionIsOver() {
        var browser = api.signIn("owner", Api.PASSWORD);

        assertThat(browser.delete("/api/v1/session").status()).isEqualTo(204);
        assertThat(browser.get("/api/v1/session").code()).isEqualTo("sign-in-required");
    }
}
