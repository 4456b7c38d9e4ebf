package io.bascule.tasks.handlers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class SecretHeaderTests {

    private static final String INPUT = """
            {"resource": "shop", "path": "/",
             "headers": {"Authorization": {"secret": "TOKEN", "prefix": "Bearer "}, "X-Key": {"secret": "KEY"}, "X-Plain": "y"}}""";

    private HttpServer server;
    private HttpRequestHandler handler;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            var headers = call.getRequestHeaders();
            byte[] body = (headers.getFirst("Authorization") + "|" + headers.getFirst("X-Key") + "|"
                            + headers.getFirst("X-Plain"))
                    .getBytes(UTF_8);
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
        handler = new HttpRequestHandler(DirectTunnels.to(server.getAddress().getPort()), InstantSource.system());
    }

    @AfterEach
    void stop() throws IOException {
        handler.close();
        server.stop(0);
    }

    @Test
    void aHeaderCanBeASecretAndTheLogDoesNotTellIt() throws Exception {
        TaskOnPaper task = TaskOnPaper.of(INPUT, Map.of("TOKEN", "open-sesame", "KEY", "hush"));

        JsonNode answer = handler.run(task);

        assertThat(answer.path("body").asString()).isEqualTo("Bearer open-sesame|hush|y");
        assertThat(task.said()).isNotEmpty().noneMatch(line -> line.contains("sesame") || line.contains("hush"));
    }

    @Test
    void aSecretGoesToTheAddressThatWasNamedAndFollowsNoRedirect() {
        JsonNode input = JsonMapper.shared()
                .readTree("{\"url\": \"https://example.com\", \"headers\": {\"X\": {\"secret\": \"KEY\"}}}");
        JsonNode without = JsonMapper.shared().readTree("{\"url\": \"https://example.com\"}");

        assertThat(Objects.requireNonNull(HttpCall.of(input, Map.of("KEY", "hush"))
                                .toRequest()
                                .getConfig())
                        .isRedirectsEnabled())
                .isFalse();
        assertThat(HttpCall.of(without, Map.of()).toRequest().getConfig())
                .as("control: the client's own")
                .isNull();
    }

    @Test
    void aSecretWithALineBreakIsNoHeader() {
        assertThatThrownBy(() ->
                        handler.run(TaskOnPaper.of(INPUT, Map.of("TOKEN", "open\r\nX-Other: sesame", "KEY", "hush"))))
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("sesame");
    }
}
