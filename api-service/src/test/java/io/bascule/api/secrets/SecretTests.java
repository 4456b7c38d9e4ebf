package io.bascule.api.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.testsupport.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class SecretTests {

    private static final String SECRETS = "/api/v1/secrets";

    private final Api api;
    private final JdbcClient jdbc;
    private final String name = "s-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = SECRETS + "/" + name;

    SecretTests(Api api, TestDatabase database) {
        this.api = api;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @Test
    void aSecretIsListedAndShownAndItsValueIsNot() {
        Answer created = api.admin().put(path, Map.of("value", "open sesame"));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(path);
        Answer read = api.viewer().get(path);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.at("/version")).isEqualTo("1");
        assertThat(read.at("/updatedBy")).isEqualTo("admin");
        Answer list = api.viewer().get(SECRETS + "?limit=200");
        assertThat(list.text()).contains(name);
        assertThat(created.text() + read.text() + list.text()).doesNotContain("sesame");
    }

    @Test
    void aNewValueNamesTheRevisionThatItReplaces() {
        Answer created = api.admin().put(path, Map.of("value", "first value"));

        assertThat(api.admin().put(path, Map.of("value", "second value")).status())
                .isEqualTo(428);
        Answer changed =
                api.admin().with("If-Match", created.header("ETag")).put(path, Map.of("value", "second value"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/version")).isEqualTo("2");
        assertThat(api.admin()
                        .with("If-Match", created.header("ETag"))
                        .put(path, Map.of("value", "third value"))
                        .code())
                .isEqualTo("revision-outdated");
        assertThat(audited()).containsEntry("secret.create", 1).containsEntry("secret.update", 1);
    }

    @Test
    void aSecretIsRemovedByItsRevision() {
        Answer created = api.admin().put(path, Map.of("value", "open sesame"));

        assertThat(api.admin().delete(path).status()).isEqualTo(428);
        assertThat(api.admin()
                        .with("If-Match", created.header("ETag"))
                        .delete(path)
                        .status())
                .isEqualTo(204);

        assertThat(api.viewer().get(path).code()).isEqualTo("secret-not-found");
        assertThat(api.admin().with("If-Match", "*").delete(path).at("/detail")).contains(name);
        assertThat(api.admin()
                        .with("If-Match", created.header("ETag"))
                        .put(path, Map.of("value", "open sesame"))
                        .status())
                .isEqualTo(412);
        assertThat(audited()).containsEntry("secret.delete", 1);
    }

    @Test
    void onlyAdminsSetSecretsAndOnlyTheOwnerChangesTheKey() {
        assertThat(api.operator().put(path, Map.of("value", "open sesame")).code())
                .isEqualTo("forbidden");
        assertThat(api.operator().with("If-Match", "*").delete(path).code()).isEqualTo("forbidden");
        assertThat(api.admin().post(SECRETS + ":rotate-key").code()).isEqualTo("forbidden");
        assertThat(api.anonymous().get(SECRETS).status()).isEqualTo(401);
    }

    @Test
    void everyWrongPartIsPointedAtWithoutTheValue() {
        Answer answer = api.admin().put(SECRETS + "/9-" + name, Map.of("value", "abc"));

        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.text()).contains("\"/name\"", "\"/value\"");
        for (Object wrong : new Object[] {"", "   ", "open\0sesame", "sesame".repeat(11_000)}) {
            Answer refused = api.admin().put(path, Map.of("value", wrong));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.text()).contains("/value").doesNotContain("sesame");
        }
        assertThat(api.admin().put(path, "{\"value\": \"sesame \\ud83d\"}").at("/errors/0/pointer"))
                .isEqualTo("/value");
        Answer number = api.admin().put(path, Map.of("value", 918_273_645));
        assertThat(number.status()).isEqualTo(400);
        assertThat(number.text()).doesNotContain("918273645");
        assertThat(api.admin().put(path, Map.of()).at("/errors/0/pointer")).isEqualTo("/value");
    }

    @Test
    void aValueOfThe64KibThatItMayHaveIsTaken() {
        assertThat(api.admin().put(path, Map.of("value", "é".repeat(32 * 1024))).status())
                .isEqualTo(201);
    }

    @Test
    void aWorkspaceHasNoMoreSecretsThanItMay() {
        api.admin().put(path, Map.of("value", "open sesame"));
        jdbc.sql("""
                        insert into secrets
                          (workspace_id, name, version, key_generation, sealed_value, created_by, updated_by)
                        select workspace_id, 'filler-' || n, 1, 1, sealed_value, created_by, updated_by
                        from secrets, generate_series(1, 1000) n where name = ?
                        """).param(name).update();
        try {
            Answer refused = api.admin().put(path + "-more", Map.of("value", "open sesame"));

            assertThat(refused.code()).isEqualTo("workspace-full");
            assertThat(refused.at("/detail")).contains("bascule.workspaces.max-secrets");
        } finally {
            jdbc.sql("delete from secrets where name like 'filler-%'").update();
        }
    }

    /** How often each action was audited about this test's secret. */
    private Map<String, Integer> audited() {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("select action, count(*) as times from audit_events where target_name = ? group by action")
                .param(name)
                .query(row -> {
                    counts.put(row.getString("action"), row.getInt("times"));
                });
        return counts;
    }
}
