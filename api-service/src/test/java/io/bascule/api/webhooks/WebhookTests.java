package io.bascule.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
@Timeout(120)
class WebhookTests {

    private static final String WEBHOOKS = "/api/v1/webhooks";

    private final Api api;
    private final JdbcClient database;

    WebhookTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @Test
    void aWebhookIsReadAsItWasCreatedButForItsSecret() {
        Answer created = api.admin().post(WEBHOOKS, """
                {"name": "reports", "url": "https://example.org/hooks?a=b", "description": "for the team",
                 "eventTypes": ["io.bascule.task.finished", "io.bascule.tunnel.*"]}""");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.at("/secret")).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created.header("Location")).isEqualTo(WEBHOOKS + "/" + created.at("/id"));
        Answer read = api.viewer().get(WEBHOOKS + "/reports");
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.json().has("secret")).isFalse();
        assertThat(api.viewer().get(created.header("Location")).json()).isEqualTo(read.json());
        assertThat(read.at("/url")).isEqualTo("https://example.org/hooks?a=b");
        assertThat(read.at("/eventTypes/1")).isEqualTo("io.bascule.tunnel.*");
        assertThat(read.at("/description")).isEqualTo("for the team");
        assertThat(read.at("/enabled")).isEqualTo("true");
        assertThat(read.at("/createdBy/name")).isEqualTo("admin");
        assertThat(api.viewer().get(WEBHOOKS + "?limit=100").json().at("/items").findValuesAsString("name"))
                .contains("reports");
        assertThat(audited("webhook.create", created)).isOne();
    }

    @Test
    void aSecretIsNotPlainInTheDatabase() {
        Answer created = create("sealed", Map.of());
        byte[] key = Base64.getDecoder().decode(created.at("/secret").substring("whsec_".length()));

        String row = database.sql("select w::text from webhooks w where name = 'sealed'")
                .query(String.class)
                .single();
        byte[] stored = database.sql("select sealed_secret from webhooks where name = 'sealed'")
                .query(byte[].class)
                .single();

        assertThat(row).doesNotContain(created.at("/secret"));
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        assertThat(stored).hasSizeGreaterThan(key.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name        | \"Not A Name\"                        | /name",
                "url         | \"ftp://example.org/\"                | /url",
                "url         | \"https://user:pw@example.org/\"      | /url",
                "url         | \"https://example.org/#part\"         | /url",
                "url         | \"https:///nowhere\"                  | /url",
                "url         | \"not an address\"                    | /url",
                "url         | \"http://127.0.0.1:8080/\"            | /url",
                "url         | \"http://169.254.169.254/latest\"     | /url",
                "url         | \"http://[::1]/\"                     | /url",
                "eventTypes  | []                                    | /eventTypes",
                "eventTypes  | [\"io.bascule.*.finished\"]           | /eventTypes/0",
                "eventTypes  | [\"io.bascule.task.finished\", \"\"]  | /eventTypes/1",
                "eventTypes  | [null]                                | /eventTypes/0"
            })
    void whatIsWrongIsNamed(String field, String value, String pointer) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "name",
                "\"wrong\"",
                "url",
                "\"https://example.org/\"",
                "eventTypes",
                "[\"io.bascule.task.finished\"]"));
        fields.put(field, value);
        String body = "{\"name\": %s, \"url\": %s, \"eventTypes\": %s}"
                .formatted(fields.get("name"), fields.get("url"), fields.get("eventTypes"));

        Answer refused = api.admin().post(WEBHOOKS, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void aChangeNamesWhatItChanges() {
        Answer created = create("changed", Map.of());
        Map<String, Object> wanted = wanted("changed", Map.of("enabled", false));
        String path = WEBHOOKS + "/changed";

        assertThat(api.admin().put(path, wanted).status()).isEqualTo(428);
        assertThat(match("\"99\"").put(path, wanted).status()).isEqualTo(412);
        Answer changed = match(created.header("ETag")).put(path, wanted);
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.at("/enabled")).isEqualTo("false");
        assertThat(changed.json().has("secret")).isFalse();
        assertThat(match(created.header("ETag")).delete(path).status()).isEqualTo(412);
        assertThat(match(changed.header("ETag")).delete(path).status()).isEqualTo(204);
        assertThat(api.viewer().get(path).code()).isEqualTo("webhook-not-found");
        assertThat(audited("webhook.update", created)).isOne();
        assertThat(audited("webhook.delete", created)).isOne();
    }

    @Test
    void aNameIsTakenOnce() {
        create("taken", Map.of());
        Answer other = create("free", Map.of());

        assertThat(api.admin().post(WEBHOOKS, wanted("taken", Map.of())).code()).isEqualTo("webhook-name-taken");
        assertThat(match(other.header("ETag"))
                        .put(WEBHOOKS + "/free", wanted("taken", Map.of()))
                        .code())
                .isEqualTo("webhook-name-taken");
    }

    @Test
    void enablingForgetsWhyItWasDisabled() {
        Answer created = create("again", Map.of());
        database.sql("""
                        update webhooks set disabled_at = now(), disabled_reason = 'it was gone', failures = 12,
                            failing_since = now(), version = version + 1 where id = ?""").param(UUID.fromString(created.at("/id"))).update();
        Answer disabled = api.viewer().get(WEBHOOKS + "/again");
        assertThat(disabled.at("/enabled")).isEqualTo("false");
        assertThat(disabled.at("/disabledReason")).isEqualTo("it was gone");
        assertThat(disabled.at("/failures")).isEqualTo("12");
        assertThat(api.admin().post(WEBHOOKS + "/again:test").code()).isEqualTo("webhook-disabled");

        Answer enabled =
                match(disabled.header("ETag")).put(WEBHOOKS + "/again", wanted("again", Map.of("enabled", true)));

        assertThat(enabled.at("/enabled")).isEqualTo("true");
        assertThat(enabled.json().has("disabledReason")).isFalse();
        assertThat(enabled.at("/failures")).isEqualTo("0");
    }

    @Test
    void aRotationShowsANewSecretOnce() {
        Answer created = create("rotated", Map.of());

        Answer rotated = api.admin().post(WEBHOOKS + "/rotated:rotateSecret");
        Answer atOnce = api.admin().post(WEBHOOKS + "/rotated:rotateSecret", Map.of("overlapSeconds", 0));

        assertThat(rotated.at("/secret")).startsWith("whsec_").isNotEqualTo(created.at("/secret"));
        assertThat(rotated.json().has("previousSecretUntil")).isTrue();
        assertThat(atOnce.at("/secret")).isNotEqualTo(rotated.at("/secret"));
        assertThat(atOnce.json().has("previousSecretUntil")).isFalse();
        assertThat(api.admin()
                        .post(WEBHOOKS + "/rotated:rotateSecret", Map.of("overlapSeconds", 604_801))
                        .at("/errors/0/pointer"))
                .isEqualTo("/overlapSeconds");
        assertThat(audited("webhook.rotate-secret", created)).isEqualTo(2);
    }

    @Test
    void aPingIsADeliveryAndIsSentAgainOnDemand() {
        Answer created = create("pinged", Map.of("url", "http://name.invalid/"));

        Answer ping = api.admin().post(WEBHOOKS + "/pinged:test");

        assertThat(ping.status()).as(ping.text()).isEqualTo(202);
        assertThat(ping.at("/eventType")).isEqualTo("io.bascule.webhook.ping");
        assertThat(ping.at("/body/data/webhook")).isEqualTo("pinged");
        String path = WEBHOOKS + "/pinged/deliveries";
        assertThat(api.viewer().get(path).at("/items/0/id")).isEqualTo(ping.at("/id"));
        assertThat(api.viewer().get(path + "/" + ping.at("/id")).at("/eventId")).isEqualTo(ping.at("/eventId"));
        assertThat(api.admin().post(path + "/" + ping.at("/id") + ":redeliver").status())
                .isEqualTo(202);
        assertThat(api.viewer().get(path + "?state=delivered").json().at("/items"))
                .isEmpty();
        assertThat(api.viewer().get(path + "?state=lost").at("/errors/0/pointer"))
                .isEqualTo("/state");
        assertThat(api.viewer().get(path + "/" + UUID.randomUUID()).code()).isEqualTo("delivery-not-found");
        assertThat(api.admin().post(path + "/none:redeliver").code()).isEqualTo("delivery-not-found");
        assertThat(audited("webhook.test", created)).isOne();
        assertThat(audited("webhook.redeliver", created)).isOne();
    }

    @Test
    void aWebhookWithManyDeliveriesIsGoneAtOnceAndItsNameIsFree() {
        Answer created = create("busy", Map.of("enabled", false));
        UUID webhook = UUID.fromString(created.at("/id"));
        database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body)
                        select ?, 'busy-' || n, 'io.bascule.task.finished', '{}' from generate_series(1, ?) n""").params(webhook, JdbcWebhooks.AT_ONCE + 1).update();

        assertThat(match(created.header("ETag")).delete(WEBHOOKS + "/busy").status())
                .isEqualTo(204);

        assertThat(api.viewer().get(WEBHOOKS + "/busy").code()).isEqualTo("webhook-not-found");
        assertThat(api.viewer().get(WEBHOOKS + "/" + webhook).code()).isEqualTo("webhook-not-found");
        assertThat(api.viewer().get(WEBHOOKS + "?limit=100").text()).doesNotContain(webhook.toString());
        Answer next = create("busy", Map.of());
        assertThat(match(next.header("ETag")).delete(WEBHOOKS + "/busy").status())
                .isEqualTo(204);
        assertThat(database.sql("select count(*) from webhooks where id = ?")
                        .param(UUID.fromString(next.at("/id")))
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void deliveriesComeInPages() {
        UUID webhook = UUID.fromString(create("paged", Map.of("enabled", false)).at("/id"));
        database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body)
                        select ?, 'page-' || n, 'io.bascule.task.finished', '{}' from generate_series(1, 5) n""").param(webhook).update();

        Answer first = api.viewer().get(WEBHOOKS + "/paged/deliveries?limit=3");
        Answer second = api.viewer().get(WEBHOOKS + "/paged/deliveries?limit=3&cursor=" + first.at("/next"));

        assertThat(first.json().at("/items").findValuesAsString("eventId")).hasSize(3);
        assertThat(second.json().at("/items").findValuesAsString("eventId"))
                .hasSize(2)
                .doesNotContainAnyElementsOf(first.json().at("/items").findValuesAsString("eventId"));
    }

    @Test
    void rolesAndWorkspacesBound() {
        create("ours", Map.of());
        UUID theirs = database.sql("insert into workspaces (name) values ('hooks-elsewhere') returning id")
                .query(UUID.class)
                .single();
        UUID foreign = database.sql("""
                        insert into webhooks (id, workspace_id, name, url, event_types, description, sealed_secret, created_by)
                        select uuidv7(), ?, 'theirs', 'https://example.org/', '{*}', '', '', id from users limit 1 returning id""").param(theirs).query(UUID.class).single();

        for (ApiClient lesser : List.of(api.viewer(), api.operator())) {
            assertThat(lesser.post(WEBHOOKS, wanted("no", Map.of())).code()).isEqualTo("forbidden");
            assertThat(lesser.post(WEBHOOKS + "/ours:test").code()).isEqualTo("forbidden");
            assertThat(lesser.post(WEBHOOKS + "/ours:rotateSecret").code()).isEqualTo("forbidden");
            assertThat(lesser.with("If-Match", "*").delete(WEBHOOKS + "/ours").code())
                    .isEqualTo("forbidden");
        }
        assertThat(api.anonymous().get(WEBHOOKS).code()).isEqualTo("sign-in-required");
        assertThat(api.owner().get(WEBHOOKS + "/" + foreign).code()).isEqualTo("webhook-not-found");
        assertThat(api.owner().get(WEBHOOKS + "/theirs/deliveries").code()).isEqualTo("webhook-not-found");
        assertThat(api.owner().get(WEBHOOKS + "?limit=100").text()).doesNotContain(foreign.toString());
    }

    private ApiClient match(String tag) {
        return api.admin().with("If-Match", tag);
    }

    private Answer create(String name, Map<String, Object> more) {
        Answer created = api.admin().post(WEBHOOKS, wanted(name, more));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created;
    }

    private static Map<String, Object> wanted(String name, Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(
                Map.of("name", name, "url", "https://example.org/", "eventTypes", List.of("io.bascule.task.finished")));
        wanted.putAll(more);
        return wanted;
    }

    private int audited(String action, Answer webhook) {
        return database.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, webhook.at("/id"))
                .query(Integer.class)
                .single();
    }
}
