package io.bascule.api.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.api.ServiceClients;
import io.bascule.api.keys.WorkspaceKeys;
import io.bascule.testsupport.TestDatabase;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What leaves the API, to whom, and what lies in the database. */
@ApiTest
class OpenSecretTests {

    private static final String SECRETS = "/api/v1/secrets";

    private final Api api;
    private final MovableClock clock;
    private final JdbcClient jdbc;
    private final WorkspaceKeys keys;
    private final TransactionTemplate transaction;
    private final String name = "o-" + UUID.randomUUID().toString().substring(0, 8);
    private final String value = "value of " + UUID.randomUUID();

    OpenSecretTests(
            Api api, MovableClock clock, TestDatabase database, WorkspaceKeys keys, TransactionTemplate transaction) {
        this.api = api;
        this.clock = clock;
        this.jdbc = JdbcClient.create(database.dataSource());
        this.keys = keys;
        this.transaction = transaction;
    }

    @Test
    void aRunningTaskGetsTheSecretsThatItsInputRefersTo() {
        set(name, value);
        UUID task = running(workspace(), "http.request", reference(name));

        Answer opened = open(task, 3, name);

        assertThat(opened.at("/values/" + name)).isEqualTo(value);
        assertThat(opened.header("Cache-Control")).contains("no-store");
        assertThat(jdbc.sql("select actor_name || ' ' || outcome || ' ' || (details ->> 'task') from audit_events"
                                + " where action = 'secret.open' and target_name = ?")
                        .param(name)
                        .query(String.class)
                        .list())
                .containsExactly("operator allowed " + task);
    }

    @Test
    void anAttemptThatLostItsTaskGetsNothing() {
        set(name, value);
        UUID task = running(workspace(), "http.request", reference(name));

        assertThat(open(task, 2, name).code()).isEqualTo("task-not-held");
        jdbc.sql("update task_live set state = 'waiting', lease_until = null where id = ?")
                .param(task)
                .update();
        assertThat(open(task, 3, name).code()).isEqualTo("task-not-held");
    }

    @Test
    void aTaskGetsNoSecretThatItDoesNotReferTo() {
        set(name, value);
        UUID task = running(workspace(), "http.request", "{\"url\": \"https://example.com/%s\"}".formatted(name));

        Answer refused = open(task, 3, name);

        assertThat(refused.code()).isEqualTo("secret-not-allowed");
        assertThat(refused.text()).contains(name).doesNotContain(value);
        assertThat(jdbc.sql("select outcome from audit_events where action = 'secret.open' and target_name = ?")
                        .param(name)
                        .query(String.class)
                        .list())
                .containsExactly("denied");
    }

    @Test
    void aFunctionGetsWhatItsVersionDeclaresAndNotWhatItsInputSays() {
        set(name, value);
        set(name + "x", value);
        String function = "fn-" + name;
        api.admin()
                .post(
                        "/api/v1/functions",
                        Map.of("name", function, "source", "exports.handler = () => 1;", "secrets", List.of(name)));
        UUID task = running(
                workspace(),
                "code.run",
                "{\"function\": \"%s\", \"version\": 1, \"input\": {\"secret\": \"%sx\"}}".formatted(function, name));

        assertThat(open(task, 3, name).at("/values/" + name)).isEqualTo(value);
        assertThat(open(task, 3, name + "x").code()).isEqualTo("secret-not-allowed");
    }

    @Test
    void aFunctionGetsWhatTheVersionDeclaresThatItsAliasStandsForNow() {
        set(name, value);
        String function = "fn-" + name;
        String path = "/api/v1/functions/" + function;
        api.admin().post("/api/v1/functions", Map.of("name", function, "source", "exports.handler = () => 1;"));
        api.admin().post(path + "/versions", Map.of("source", "exports.handler = () => 1;", "secrets", List.of(name)));
        api.admin().put(path + "/aliases/staging", Map.of("version", 2));
        UUID live = running(workspace(), "code.run", "{\"function\": \"%s\"}".formatted(function));
        UUID staging =
                running(workspace(), "code.run", "{\"function\": \"%s\", \"alias\": \"staging\"}".formatted(function));

        assertThat(open(live, 3, name).at("/values/" + name)).isEqualTo(value);
        api.admin().with("If-Match", "*").put(path + "/aliases/live", Map.of("version", 1));
        assertThat(open(live, 3, name).code()).isEqualTo("secret-not-allowed");
        assertThat(open(staging, 3, name).at("/values/" + name)).isEqualTo(value);
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        UUID task = running(workspace(), "http.request", reference(name));

        Answer refused = open(task, 3, name);

        assertThat(refused.code()).isEqualTo("secret-not-found");
        assertThat(refused.at("/detail")).contains("Workspace default has no secret " + name);
    }

    @Test
    void onlyWorkersAreGivenSecretsAndOnlyForWhoMaySubmitTasks() {
        set(name, value);
        UUID task = running(workspace(), "http.request", reference(name));
        Map<String, Object> wanted = Map.of("attempt", 3, "names", List.of(name));

        assertThat(ServiceClients.of(api, "bridge-service", clock)
                        .post("/internal/tasks/" + task + "/secrets", wanted)
                        .code())
                .isEqualTo("service-forbidden");
        assertThat(api.owner()
                        .post("/internal/tasks/" + task + "/secrets", wanted)
                        .status())
                .isEqualTo(401);
        jdbc.sql("update task_live set submitted_by = ? where id = ?")
                .params(user("viewer"), task)
                .update();
        assertThat(open(task, 3, name).code()).isEqualTo("forbidden");
    }

    @Test
    void theDatabaseHoldsNoPlainValue() {
        set(name, value);
        UUID task = running(workspace(), "http.request", reference(name));
        assertThat(open(task, 3, name).status()).isEqualTo(200);

        assertThat(tablesWithTheValue()).isEmpty();

        jdbc.sql("update secrets set sealed_value = ? where name = ?")
                .params(value.getBytes(UTF_8), name)
                .update();
        assertThat(tablesWithTheValue()).as("control").containsExactly("secrets");
        jdbc.sql("delete from secrets where name = ?").param(name).update();
    }

    @Test
    void aRowOpensAtItsPlaceOnly() {
        set(name, value);
        UUID other = otherWorkspace();
        jdbc.sql("insert into memberships (workspace_id, user_id, role) values (?, ?, 'operator')")
                .params(other, user("operator"))
                .update();
        copyTo(other);
        assertThat(open(running(other, "http.request", reference(name)), 3, name)
                        .code())
                .as("in another workspace")
                .isEqualTo("secret-unreadable");

        jdbc.sql("update secrets set name = name || '-renamed' where workspace_id = ? and name = ?")
                .params(workspace(), name)
                .update();
        UUID renamed = running(workspace(), "http.request", reference(name + "-renamed"));
        assertThat(open(renamed, 3, name + "-renamed").code())
                .as("under another name")
                .isEqualTo("secret-unreadable");

        jdbc.sql("update secrets set name = ?, version = 2 where workspace_id = ? and name = ?")
                .params(name, workspace(), name + "-renamed")
                .update();
        UUID task = running(workspace(), "http.request", reference(name));
        assertThat(open(task, 3, name).code()).as("as another version").isEqualTo("secret-unreadable");

        jdbc.sql("update secrets set version = 1 where workspace_id = ? and name = ?")
                .params(workspace(), name)
                .update();
        assertThat(open(task, 3, name).at("/values/" + name)).as("control").isEqualTo(value);
    }

    @Test
    void aNewKeyOfTheWorkspaceOpensEverythingAndNothingIsSealedAsBefore() {
        set(name, value);
        set(name + "x", value + "x");
        byte[] before = sealed();
        int generation = generation();

        Answer rotated = api.owner().post(SECRETS + ":rotate-key");

        assertThat(rotated.json().path("secrets").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(generation()).isEqualTo(generation + 1);
        assertThat(sealed()).isNotEqualTo(before);
        UUID task = running(workspace(), "http.request", reference(name, name + "x"));
        Answer opened = open(task, 3, name, name + "x");
        assertThat(opened.at("/values/" + name)).isEqualTo(value);
        assertThat(opened.at("/values/" + name + "x")).isEqualTo(value + "x");
        assertThat(api.viewer().get(SECRETS + "/" + name).at("/version")).isEqualTo("1");
        jdbc.sql("update secrets set sealed_value = ? where name = ?")
                .params(before, name)
                .update();
        assertThat(open(task, 3, name).code())
                .as("sealed under the earlier key")
                .isEqualTo("secret-unreadable");
        jdbc.sql("delete from secrets where name = ?").param(name).update();
    }

    @Test
    void aNewValueIsWhatTheNextTaskGets() {
        set(name, value);
        UUID task = running(workspace(), "http.request", reference(name));

        api.admin().with("If-Match", "\"1\"").put(SECRETS + "/" + name, Map.of("value", "changed " + value));

        assertThat(open(task, 3, name).at("/values/" + name)).isEqualTo("changed " + value);
    }

    private void set(String secret, String text) {
        assertThat(api.admin()
                        .put(SECRETS + "/" + secret, Map.of("value", text))
                        .status())
                .isEqualTo(201);
    }

    private Answer open(UUID task, int attempt, String... names) {
        return ServiceClients.of(api, "instant-worker", clock)
                .post("/internal/tasks/" + task + "/secrets", Map.of("attempt", attempt, "names", List.of(names)));
    }

    private static String reference(String... names) {
        StringBuilder headers = new StringBuilder();
        for (String secret : names) {
            headers.append(headers.isEmpty() ? "" : ",")
                    .append("\"X-%s\": {\"secret\": \"%s\"}".formatted(secret, secret));
        }
        return "{\"url\": \"https://example.com\", \"headers\": {" + headers + "}}";
    }

    private UUID running(UUID workspace, String type, String input) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, attempt,
                          max_failures, backoff_millis, labels, input, submitted_by, submitted_by_name, lease_until)
                        values (?, ?, 'instant', '', ?, 'running', 0, now(), 3, 1, 0, '{}', ?::json, ?, 'operator',
                          now() + interval '1 h')
                        """).params(id, workspace, type, input, user("operator")).update();
        return id;
    }

    private void copyTo(UUID workspace) {
        jdbc.sql("""
                        insert into secrets
                          (workspace_id, name, version, key_generation, sealed_value, created_by, updated_by)
                        select ?, name, version, key_generation, sealed_value, created_by, updated_by
                        from secrets where name = ?
                        """).params(workspace, name).update();
    }

    /** With a key of its own. */
    private UUID otherWorkspace() {
        UUID workspace = jdbc.sql("insert into workspaces (name) values (?) returning id")
                .param("w-" + name)
                .query(UUID.class)
                .single();
        transaction.executeWithoutResult(_ -> keys.holdOrCreate(workspace));
        return workspace;
    }

    private byte[] sealed() {
        return jdbc.sql("select sealed_value from secrets where name = ?")
                .param(name)
                .query(byte[].class)
                .single();
    }

    private int generation() {
        return jdbc.sql("select generation from workspace_keys where workspace_id = ?")
                .param(workspace())
                .query(Integer.class)
                .single();
    }

    /** Every table whose rows, as text, have the value in them, plain or as the hexadecimal form of bytes. */
    private List<String> tablesWithTheValue() {
        String hexadecimal = HexFormat.of().formatHex(value.getBytes(UTF_8));
        return jdbc
                .sql(
                        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace")
                .query((row, _) -> row.getString("relname"))
                .list()
                .stream()
                .filter(table -> jdbc.sql("select exists (select 1 from " + table
                                + " t where t::text like '%' || ? || '%' or t::text like '%' || ? || '%')")
                        .params(value, hexadecimal)
                        .query(Boolean.class)
                        .single())
                .toList();
    }

    private UUID workspace() {
        return jdbc.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
    }

    private UUID user(String username) {
        api.admin();
        api.operator();
        api.viewer();
        return jdbc.sql("select id from users where username = ?")
                .param(username)
                .query(UUID.class)
                .single();
    }
}
