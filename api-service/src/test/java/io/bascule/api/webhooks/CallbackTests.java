package io.bascule.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
@Timeout(120)
class CallbackTests {

    private static final String TASKS = "/api/v1/tasks";
    private static final String ROTATE = "/api/v1/callbacks:rotateSecret";
    private static final String DELIVERIES = "/api/v1/callbacks/deliveries";

    private final Api api;
    private final JdbcClient database;

    CallbackTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @BeforeEach
    void makeSecret() {
        assertThat(api.admin().post(ROTATE).status()).isEqualTo(200);
    }

    @Test
    void aTaskWithACallbackIsAcceptedAndSaysWhereItTells() {
        Answer task = submit("https://example.org/done?a=b");

        assertThat(task.status()).as(task.text()).isEqualTo(202);
        assertThat(api.viewer().get(TASKS + "/" + task.at("/id")).at("/callback/url"))
                .isEqualTo("https://example.org/done?a=b");
        Answer callback = api.viewer().get(TASKS + "/" + task.at("/id") + "/callback");
        assertThat(callback.at("/url")).isEqualTo("https://example.org/done?a=b");
        assertThat(callback.json().at("/deliveries")).isEmpty();
        assertThat(api.viewer()
                        .get(TASKS + "/" + submitPlain().at("/id") + "/callback")
                        .code())
                .isEqualTo("callback-not-found");
    }

    @Test
    void withoutASecretNoTaskMayHaveACallback() {
        database.sql("delete from callback_secrets").update();

        Answer refused = submit("https://example.org/");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("callback-secret-missing");
        assertThat(refused.at("/detail")).contains("bascule callback rotate");
        assertThat(api.viewer().get("/api/v1/callbacks/secret").code()).isEqualTo("callback-secret-missing");
        assertThat(submitPlain().status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "https://user:pw@example.org/",
                "https://example.org/#part",
                "not an address",
                "http://127.0.0.1:8080/",
                "http://169.254.169.254/latest",
                "http://[::1]/",
                ""
            })
    void anAddressThatCannotBeUsedIsRefusedByItsName(String url) {
        Answer refused = submit(url);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/callback/url");
    }

    @Test
    void itemsOfABatchHaveTheirOwn() {
        Answer batch = api.operator()
                .post(
                        TASKS + ":batch",
                        Map.of(
                                "items",
                                List.of(
                                        Map.of("type", "echo", "callback", Map.of("url", "https://example.org/1")),
                                        Map.of("type", "echo", "callback", Map.of("url", "http://10.0.0.1/")),
                                        Map.of("type", "echo"))));

        assertThat(batch.json().at("/items").findValuesAsString("status")).containsExactly("202", "400", "202");
        assertThat(batch.at("/items/1/problem/errors/0/pointer")).isEqualTo("/callback/url");
        assertThat(api.viewer()
                        .get(TASKS + "/" + batch.at("/items/0/task/id") + "/callback")
                        .at("/url"))
                .isEqualTo("https://example.org/1");
    }

    @Test
    void aScheduleMayHaveOneForItsTasks() {
        Map<String, Object> task = Map.of(
                "type", "echo", "queue", "default", "concurrencyKey", "one", "callback", Map.of("url", "https://a/"));

        Answer created = api.admin()
                .post("/api/v1/schedules", Map.of("name", "calling", "when", Map.of("every", "PT1H"), "task", task));

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        Answer read = api.viewer().get("/api/v1/schedules/calling");
        assertThat(read.at("/task/callback/url")).isEqualTo("https://a/");
        assertThat(read.at("/task/concurrencyKey")).isEqualTo("one");
        Answer inside = api.admin()
                .post(
                        "/api/v1/schedules",
                        Map.of(
                                "name",
                                "inside",
                                "when",
                                Map.of("every", "PT1H"),
                                "task",
                                Map.of("type", "echo", "callback", Map.of("url", "http://10.0.0.1/"))));
        assertThat(inside.at("/errors/0/pointer")).isEqualTo("/task/callback/url");
    }

    @Test
    void theSecretIsShownOnceAndSealed() {
        Answer rotated = api.admin().post(ROTATE);
        byte[] key = Base64.getDecoder().decode(rotated.at("/secret").substring("whsec_".length()));

        Answer read = api.viewer().get("/api/v1/callbacks/secret");

        assertThat(read.json().has("secret")).isFalse();
        assertThat(read.at("/createdAt")).isEqualTo(rotated.at("/createdAt"));
        assertThat(read.json().has("previousSecretUntil")).isTrue();
        byte[] stored = database.sql("""
                        select sealed_secret from callback_secrets c join workspaces w on w.id = c.workspace_id
                        where w.name = 'default'""").query(byte[].class).single();
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
        assertThat(api.admin().post(ROTATE, Map.of("overlapSeconds", 0)).json().has("previousSecretUntil"))
                .isFalse();
        assertThat(api.admin().post(ROTATE, Map.of("overlapSeconds", -1)).at("/errors/0/pointer"))
                .isEqualTo("/overlapSeconds");
        assertThat(audited("callback.rotate-secret")).isGreaterThanOrEqualTo(3);
    }

    @Test
    void deliveriesAreListedAndSentAgainOnDemand() {
        Answer task = submit("http://name.invalid/");
        UUID delivery = deliver(UUID.fromString(task.at("/id")), workspace());

        assertThat(api.viewer().get(DELIVERIES).json().at("/items").findValuesAsString("id"))
                .contains(delivery.toString());
        Answer read = api.viewer().get(DELIVERIES + "/" + delivery);
        assertThat(read.at("/task")).isEqualTo(task.at("/id"));
        assertThat(read.at("/url")).isEqualTo("http://name.invalid/");
        assertThat(api.viewer().get(TASKS + "/" + task.at("/id") + "/callback").at("/deliveries/0/id"))
                .isEqualTo(delivery.toString());
        assertThat(api.viewer().post(DELIVERIES + "/" + delivery + ":redeliver").code())
                .isEqualTo("forbidden");
        assertThat(api.operator()
                        .post(DELIVERIES + "/" + delivery + ":redeliver")
                        .status())
                .isEqualTo(202);
        assertThat(api.viewer().get(DELIVERIES + "?state=lost").at("/errors/0/pointer"))
                .isEqualTo("/state");
        assertThat(api.viewer().get(DELIVERIES + "/none").code()).isEqualTo("delivery-not-found");
        assertThat(audited("callback.redeliver")).isPositive();
    }

    @Test
    void whereCallbacksGoIsNoWebhook() {
        UUID delivery = deliver(UUID.fromString(submit("https://name.invalid/").at("/id")), workspace());
        UUID origin = database.sql("select webhook_id from webhook_deliveries where id = ?")
                .param(delivery)
                .query(UUID.class)
                .single();

        assertThat(api.owner().get("/api/v1/webhooks?limit=100").text()).doesNotContain(origin.toString());
        assertThat(api.owner().get("/api/v1/webhooks/" + origin).code()).isEqualTo("webhook-not-found");
    }

    @Test
    void rolesAndWorkspacesBound() {
        UUID theirs = database.sql("insert into workspaces (name) values ('calls-elsewhere') returning id")
                .query(UUID.class)
                .single();
        UUID task = UUID.randomUUID();
        database.sql("insert into task_callbacks (task_id, workspace_id, url) values (?, ?, 'https://theirs/')")
                .params(task, theirs)
                .update();
        UUID foreign = deliver(task, theirs);

        for (ApiClient lesser : List.of(api.viewer(), api.operator())) {
            assertThat(lesser.post(ROTATE).code()).isEqualTo("forbidden");
        }
        assertThat(api.anonymous().get(DELIVERIES).code()).isEqualTo("sign-in-required");
        assertThat(api.owner().get(DELIVERIES + "/" + foreign).code()).isEqualTo("delivery-not-found");
        assertThat(api.owner().post(DELIVERIES + "/" + foreign + ":redeliver").code())
                .isEqualTo("delivery-not-found");
        assertThat(api.owner().get(TASKS + "/" + task + "/callback").code()).isEqualTo("callback-not-found");
        assertThat(api.owner().get(DELIVERIES + "?limit=100").text()).doesNotContain(foreign.toString());
    }

    private Answer submit(String url) {
        return api.operator().post(TASKS, Map.of("type", "echo", "callback", Map.of("url", url)));
    }

    private Answer submitPlain() {
        return api.operator().post(TASKS, Map.of("type", "echo"));
    }

    private UUID workspace() {
        return database.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
    }

    /** As if its task had ended, and its endpoint had taken it. */
    private UUID deliver(UUID task, UUID workspace) {
        UUID origin = database.sql("""
                        insert into webhooks (id, workspace_id, name, url, event_types, description, callback_origin)
                        select id, ?, id::text, 'x', '{}', '', id::text from (select uuidv7() as id offset 0) o returning id""").param(workspace).query(UUID.class).single();
        return database.sql("""
                        insert into webhook_deliveries (webhook_id, event_id, event_type, body, workspace_id, task_id, url,
                            state, next_at, finished_at)
                        select ?, 'end-' || ?, 'io.bascule.task.finished', '{}', workspace_id, task_id, url, 'delivered', null,
                            clock_timestamp()
                        from task_callbacks where task_id = ? returning id""").params(origin, task, task).query(UUID.class).single();
    }

    private int audited(String action) {
        return database.sql("select count(*) from audit_events where action = ?")
                .param(action)
                .query(Integer.class)
                .single();
    }
}
