package io.bascule.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookTests extends SignedInTest {

    @Test
    void aWebhookIsMadeOfANameAnAddressAndTypes() {
        api.answers("POST /webhooks", 201, "{\"name\": \"reports\", \"secret\": \"whsec_x\"}");

        assertThat(terminal.run(
                        "webhook", "create", "reports", "https://example.org/", "--event", "a.b", "--event", "c.*"))
                .isZero();

        assertThat(api.last().body())
                .contains("\"name\":\"reports\"", "\"url\":\"https://example.org/\"", "\"enabled\":true")
                .contains("\"eventTypes\":[\"a.b\",\"c.*\"]");
        assertThat(terminal.out()).contains("secret: ").contains("whsec_x");
        assertThat(terminal.err()).contains("it is not shown again");
        assertThat(terminal.run("webhook", "create", "reports")).isEqualTo(2);
    }

    @Test
    void withoutATypeTheEndsOfTasksAreMeant() {
        api.answers("POST /webhooks", 201, "{}");

        assertThat(terminal.run("webhook", "create", "reports", "https://example.org/"))
                .isZero();

        assertThat(api.last().body()).contains("\"eventTypes\":[\"io.bascule.task.finished\"]");
    }

    @Test
    void disablingKeepsTheOtherSettings() {
        String webhook = """
                {"name": "reports", "url": "https://example.org/", "eventTypes": ["*"], "description": "d", "enabled": true,
                 "failures": 3}""";
        api.answers("GET /webhooks/reports", 200, webhook, Map.of("ETag", "\"4\""));
        api.answers("PUT /webhooks/reports", 200, webhook);

        assertThat(terminal.run("webhook", "disable", "reports")).isZero();

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

        assertThat(terminal.run("webhook", "deliveries", "reports", "--state", "failed"))
                .isZero();
        assertThat(terminal.out()).contains("d1").contains("status 500");
        assertThat(terminal.run("webhook", "redeliver", "reports", "d1")).isZero();
        assertThat(terminal.run("webhook", "test", "reports")).isZero();
    }
}
