package io.bascule.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApiTest
class BadRequestTests {

    private static final String TOKENS = "/api/v1/tokens";

    private final Api api;

    BadRequestTests(Api api) {
        this.api = api;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \"x\"  | malformed-request",
                "name=x            | malformed-request",
                "''                | malformed-request",
                "[]                | invalid-input",
                "\"text\"          | invalid-input",
                "null              | malformed-request",
                "{\"name\": 7}     | invalid-input",
                "{\"name\": [\"x\"]} | invalid-input",
                "{\"name\": \"x\", \"expiresInDays\": \"soon\"} | invalid-input",
                "{\"name\": \"x\", \"expiresInDays\": \"30\"} | invalid-input",
                "{\"name\": \"x\", \"expiresInDays\": 1.5} | invalid-input",
                "{\"name\": \"x\", \"colour\": 1} | invalid-input",
                "{\"name\": \"x\"} {} | invalid-input",
                "{} | invalid-input",
            })
    void aBodyThatIsNotWhatWasAskedForIsRefusedWithACode(String body, String code) {
        Answer answer = api.viewer().post(TOKENS, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text()).doesNotContain("io.bascule", "tools.jackson", "java.");
        assertThat(answer.at("/type")).isEqualTo("https://bascule.io/problems/" + code);
        assertThat(answer.at("/traceId")).isEqualTo(answer.header("Trace-Id"));
    }

    @Test
    void aMissingBodyIsRefused() {
        assertThat(api.viewer().post(TOKENS).status()).isIn(400, 415);
    }

    @Test
    void nestingIsLimited() {
        Answer answer = api.viewer().post("/api/v1/verbs", "[".repeat(101) + "]".repeat(101));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).containsIgnoringCase("depth");
        assertThat(api.viewer()
                        .post("/api/v1/verbs", "[".repeat(100) + "]".repeat(100))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        Answer answer = api.viewer().post(TOKENS, Map.of("name", "x".repeat(11 * 1024 * 1024)));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
    }

    @Test
    void aBodyOfUnknownLengthOverTheLimitIsRefused() {
        Answer answer = api.viewer().postInChunks(TOKENS, "{\"name\": \"" + "x".repeat(11 * 1024 * 1024) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
    }

    @Test
    void headersOverTheLimitAreRefused() {
        Answer answer = api.viewer().with("X-Long", "x".repeat(40_000)).get(TOKENS);

        assertThat(answer.status()).isIn(400, 431);
    }

    @Test
    void anotherMethodOrMediaTypeIsRefused() {
        Answer method = api.viewer().put(TOKENS, Map.of("name", "x"));
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("method-not-allowed");
        assertThat(method.header("Allow")).contains("GET", "POST");

        Answer form = api.viewer().with("Content-Type", "text/plain").post(TOKENS, "name=x");
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.code()).isEqualTo("unsupported-media-type");

        Answer xml = api.viewer().with("Accept", "application/xml").get(TOKENS);
        assertThat(xml.status()).isEqualTo(406);
        assertThat(xml.code()).isEqualTo("not-acceptable");
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        Answer answer = api.viewer().delete(TOKENS + "/not-an-id");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.text()).doesNotContain("java.util");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/%ff", "/api/v1/tokens/%00", "/api//v1/tokens", "/api/v1/tokens;x=1", "/api/v1/..%2ftokens"})
    void anAddressThatIsNoneIsRefusedAndNotAServerError(String path) throws IOException {
        assertThat(rawStatus(path)).isBetween(400, 499);
    }

    /** Past the client's own checks of what an address may be. */
    private int rawStatus(String path) throws IOException {
        URI server = api.server();
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: %s\r\n\r\n"
                    .formatted(path, api.viewer().headers().get("Authorization"));
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
