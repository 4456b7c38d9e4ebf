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

class WebhookTests {

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
    void aWebhookIsMadeOfANameAnAddressAndTypes() {
        api.answers("POST /webhooks", 201, "{\"name\": \"reports\", \"secret\": \"whsec_x\"}");

        assertThat(run("webhook", "create", "reports", "https://example.org/", "--event", "a.b", "--event", "c.*"))
                .isZero();

        assertThat(api.last().body())
                .contains("\"name\":\"reports\"", "\"url\":\"https://example.org/\"", "\"enabled\":true")
                .contains("\"eventTypes\":[\"a.b\",\"c.*\"]");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("secret: ").contains("whsec_x");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("it is not shown again");
        assertThat(run("webhook", "create", "reports")).isEqualTo(2);
    }

    @Test
    void withoutATypeTheEndsOfTasksAreMeant() {
        api.answers("POST /webhooks", 201, "{}");

        assertThat(run("webhook", "create", "reports", "https://example.org/")).isZero();

        assertThat(api.last().body()).contains("\"eventTypes\":[\"io.bascule.task.finished\"]");
    }

    @Test
    void disablingKeepsTheOtherSettings() {
        String webhook = """
                {"name": "reports", "url": "https://example.org/", "eventTypes": ["*"], "description": "d", "enabled": true,
                 "failures": 3}""";
        api.answers("GET /webhooks/reports", 200, webhook, Map.of("ETag", "\"4\""));
        api.answers("PUT /webhooks/reports", 200, webhook);

        assertThat(run("webhook", "disable", "reports")).isZero();

        assertThat(api.last().header("If-match")).contains("\"4\"");
        assertThat(api.last().body())
                .contains("\"enabled\":false", "\"url\":\"https://example.org/\"", "\"description\":\"d\"")
                .doesNotContain("failures");
    }

    @Test
    void deliveriesAreListedAndSentAgain() {
        api.answers("GET /webhooks/reports/deliveries?limit=100&state=failed", 200, """
                {"items": [{"id": "d1", "eventType": "io.bascule.task.finished", "state": "failed", "attempts": 11,
                  "lastStatus": 500, "lastError": "Its endpoint answered with status 500"}], "next": null}""");
        api.answers("POST /webhooks/reports/deliveries/d1:redeliver", 202, "{\"state\": \"waiting\"}");
        api.answers("POST /webhooks/reports:test", 202, "{\"state\": \"waiting\"}");

        assertThat(run("webhook", "deliveries", "reports", "--state", "failed")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("d1").contains("status 500");
        assertThat(run("webhook", "redeliver", "reports", "d1")).isZero();
        assertThat(run("webhook", "test", "reports")).isZero();
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
