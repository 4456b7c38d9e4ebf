package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallbackTests extends SignedInTest {

    @Test
    void aTaskIsSubmittedWithItsCallback() {
        api.answers("POST /tasks", 202, "{\"id\": \"t1\", \"state\": \"waiting\"}");

        assertThat(terminal.run("task", "submit", "echo", "--callback", "https://example.org/done"))
                .isZero();

        assertThat(api.last().body()).contains("\"callback\":{\"url\":\"https://example.org/done\"}");
    }

    @Test
    void aScheduleIsMadeWithTheKeyAndTheCallbackOfItsTasks() {
        api.answers("POST /schedules", 201, "{\"name\": \"report\"}");

        assertThat(terminal.run(
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

        assertThat(terminal.run("callback", "rotate", "--overlap", "60")).isZero();

        assertThat(api.last().body()).contains("\"overlapSeconds\":60");
        assertThat(terminal.out()).contains("whsec_x");
        assertThat(terminal.err()).contains("it is not shown again");
    }

    @Test
    void deliveriesAreListedShownByTaskAndSentAgain() {
        api.answers("GET /callbacks/deliveries?limit=100&state=failed", 200, """
                {"items": [{"id": "d1", "task": "t1", "url": "https://a/", "state": "failed", "attempts": 11}]}""");
        api.answers("GET /tasks/t1/callback", 200, "{\"url\": \"https://a/\", \"deliveries\": []}");
        api.answers("POST /callbacks/deliveries/d1:redeliver", 202, "{\"id\": \"d1\", \"state\": \"waiting\"}");

        assertThat(terminal.run("callback", "deliveries", "--state", "failed")).isZero();
        assertThat(terminal.run("callback", "show", "t1")).isZero();
        assertThat(terminal.run("callback", "redeliver", "d1")).isZero();

        assertThat(terminal.out()).contains("d1", "t1", "https://a/", "failed");
    }
}
