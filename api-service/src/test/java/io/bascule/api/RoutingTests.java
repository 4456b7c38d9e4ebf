package io.bascule.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@ApiTest
class RoutingTests {

    private final Api api;

    RoutingTests(Api api) {
        this.api = api;
    }

    @Test
    void aVerbFollowsACollectionAfterAColon() {
        assertThat(api.viewer().post("/api/v1/verbs:join").text()).isEqualTo("joined");
    }

    @Test
    void aVerbFollowsAnItemAfterAColon() {
        assertThat(api.viewer().post("/api/v1/verbs/a-7:cancel").text()).isEqualTo("cancelled a-7");
    }

    @Test
    void anUnknownVerbIsNoSuchAddress() {
        Answer answer = api.viewer().post("/api/v1/verbs/a-7:explode");

        assertThat(answer.status()).isIn(404, 405);
        assertThat(answer.code()).isIn("not-found", "method-not-allowed");
    }

    @Test
    void anAddressOfWhichOnlyTheVersionVariesIsLookedUpByIt() {
        assertThat(DirectPaths.of("/api/{version}/verbs:join", "1")).containsExactly("/api/v1/verbs:join");
        assertThat(DirectPaths.of("/api/{version}/verbs/{id}:cancel", "1")).isEmpty();
    }

    @Test
    void soItMeansWhatItMeantBefore() {
        assertThat(api.viewer().post("/api/1/verbs:join").text()).isEqualTo("joined");
        assertThat(api.viewer().delete("/api/v1/verbs:join").code()).isEqualTo("method-not-allowed");
        assertThat(api.viewer().post("/api/v9/verbs:join").code()).isEqualTo("malformed-request");

        assertThat(api.anonymous().get("/prometheus").text())
                .contains("http_requests_total{endpoint=\"/api/{version}/verbs:join\",method=\"POST\",status=\"200\"}");
    }

    @Test
    void anUnknownVersionIsRefusedByName() {
        Answer answer = api.viewer().get("/api/v9/verbs/a-7");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("malformed-request");
        assertThat(answer.at("/detail")).contains("9");
    }

    @Test
    void anUnknownAddressIsAProblemDocument() {
        Answer answer = api.viewer().get("/api/v1/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("not-found");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void healthHasNoVersion() {
        assertThat(api.anonymous().get("/health/live").status()).isEqualTo(200);
        assertThat(api.anonymous().get("/health/ready").status()).isEqualTo(200);
    }
}
