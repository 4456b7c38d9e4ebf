package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.cli.output.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallbackTests {

    @TempDir
    private Path home;

    private FakeApi api;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aTaskIsSubmittedWithItsCallback() {
        api.answers("POST /tasks", 202, "{\"id\": \"t1\", \"state\": \"waiting\"}");

        assertThat(run("task", "submit", "echo", "--callback", "https://example.org/done"))
                .isZero();

        assertThat(api.last().body()).contains("\"callback\":{\"url\":\"https://example.org/done\"}");
    }

    @Test
    void aScheduleIsMadeWithTheKeyAndTheCallbackOfItsTasks() {
        api.answers("POST /schedules", 201, "{\"name\": \"report\"}");

        assertThat(run(
                        "schedule",
                        "create",
                        "report",
                        "--every",
                        "1h",
                        "--type",
                        "echo",
                        "--queue",
                        "reports",
                        "--concurrency-key",
                        "one",
                        "--callback",
                        "https://example.org/"))
                .isZero();

        assertThat(api.last().body())
                .contains("\"concurrencyKey\":\"one\"", "\"callback\":{\"url\":\"https://example.org/\"}");
    }

    @Test
    void theSecretIsShownByTheRotation() {
        api.answers("POST /callbacks:rotateSecret", 200, "{\"secret\": \"whsec_x\"}");

        assertThat(run("callback", "rotate", "--overlap", "60")).isZero();

        assertThat(api.last().body()).contains("\"overlapSeconds\":60");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("whsec_x");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it is not shown again");
    }

    @Test
    void deliveriesAreListedShownByTaskAndSentAgain() {
        api.answers("GET /callbacks/deliveries?limit=100&state=failed", 200, """
                {"items": [{"id": "d1", "task": "t1", "url": "https://a/", "state": "failed", "attempts": 11}]}""");
        api.answers("GET /tasks/t1/callback", 200, "{\"url\": \"https://a/\", \"deliveries\": []}");
        api.answers("POST /callbacks/deliveries/d1:redeliver", 202, "{\"id\": \"d1\", \"state\": \"waiting\"}");

        assertThat(run("callback", "deliveries", "--state", "failed")).isZero();
        assertThat(run("callback", "show", "t1")).isZero();
        assertThat(run("callback", "redeliver", "d1")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("d1", "t1", "https://a/", "failed");
    }

    private int run(String... arguments) {
        Shell shell = new Shell(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("BASCULE_URL", api.url(), "BASCULE_TOKEN", "t", "XDG_CONFIG_HOME", home.toString()));
        return Bascule.run(shell, arguments);
    }
}
