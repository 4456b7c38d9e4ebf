package io.bascule.api.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.testsupport.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class AliasTests {

    private static final String SOURCE = "const handler = (input) => input;";

    private final Api api;
    private final JdbcClient jdbc;
    private final String name = "fn-" + UUID.randomUUID().toString().substring(0, 8);
    private final String path = "/api/v1/functions/" + name;
    private final String live = path + "/aliases/live";

    AliasTests(Api api, TestDatabase database) {
        this.api = api;
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    @BeforeEach
    void aFunctionHasThreeVersions() {
        api.admin().post("/api/v1/functions", Map.of("name", name, "source", SOURCE));
        deploy(Map.of());
        deploy(Map.of());
    }

    @Test
    void liveIsTheNewestVersionForWhoNeverHearsOfAliases() {
        Answer read = api.viewer().get(path);

        assertThat(read.at("/liveVersion")).isEqualTo("3");
        assertThat(read.at("/version/aliases/0")).isEqualTo("live");
        assertThat(api.viewer().get(live).at("/version")).isEqualTo("3");
        assertThat(api.viewer().get(live).at("/updatedBy")).isEqualTo("admin");
        assertThat(run(Map.of())).isEqualTo("3");
        assertThat(rows()).as("what the release before would not keep up").isZero();
    }

    @Test
    void aSecondTryOfARunIsTheSameTaskAlthoughLiveHasMovedInBetween() {
        var operator = api.operator().with("Idempotency-Key", name);
        Answer first = operator.post(path + ":run", Map.of("input", 1));
        move(live, 1);

        Answer again = operator.post(path + ":run", Map.of("input", 1));
        Answer other = operator.post(path + ":run", Map.of("input", 1, "alias", "live"));

        assertThat(again.at("/id")).as(again.toString()).isEqualTo(first.at("/id"));
        assertThat(again.at("/input/version")).isEqualTo("3");
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void rollingBackIsPointingLiveToAnEarlierVersionAndTheNextDeployMovesItOn() {
        Answer back = move(live, 1);

        assertThat(back.status()).as(back.toString()).isEqualTo(200);
        assertThat(back.at("/version")).isEqualTo("1");
        assertThat(run(Map.of())).isEqualTo("1");
        assertThat(run(Map.of("version", 3))).isEqualTo("3");
        assertThat(api.viewer().get(path).at("/version/version"))
                .as("the newest is shown")
                .isEqualTo("3");
        assertThat(aliasesByVersion())
                .containsOnly(Map.entry("1", "[\"live\"]"), Map.entry("2", "[]"), Map.entry("3", "[]"));

        assertThat(deploy(Map.of()).at("/liveVersion")).isEqualTo("4");
        assertThat(run(Map.of())).isEqualTo("4");
    }

    @Test
    void aDeployThatSaysSoLeavesLiveWhereItIs() {
        Answer held = deploy(Map.of("live", false));

        assertThat(held.at("/latestVersion")).isEqualTo("4");
        assertThat(held.at("/liveVersion")).isEqualTo("3");
        assertThat(deploy(Map.of("live", false)).at("/liveVersion")).isEqualTo("3");
        assertThat(run(Map.of())).isEqualTo("3");
        assertThat(move(live, 5).at("/version")).isEqualTo("5");
        assertThat(deploy(Map.of("live", true)).at("/liveVersion")).isEqualTo("6");
    }

    @Test
    void aVersionThatTheReleaseBeforeAddsRunsAndEndsAHold() {
        move(live, 3);
        addAsTheReleaseBefore(4);
        assertThat(run(Map.of())).isEqualTo("4");

        move(live, 2);
        assertThat(run(Map.of())).isEqualTo("2");
        addAsTheReleaseBefore(5);
        assertThat(run(Map.of())).isEqualTo("5");
        assertThat(deploy(Map.of("live", false)).at("/liveVersion")).isEqualTo("5");
    }

    @Test
    void anAliasOfOnesOwnIsMadeMovedAndRemoved() {
        String staging = path + "/aliases/staging";
        Answer created = api.admin().put(staging, Map.of("version", 2));

        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(staging);
        Answer read = api.viewer().get(staging);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(run(Map.of("alias", "staging"))).isEqualTo("2");
        assertThat(api.viewer().get(path + "/aliases").json().path("items").findValuesAsString("name"))
                .containsExactly("live", "staging");

        assertThat(api.admin().put(staging, Map.of("version", 3)).status()).isEqualTo(428);
        assertThat(move(staging, 3).status()).isEqualTo(200);
        assertThat(api.admin()
                        .with("If-Match", created.header("ETag"))
                        .put(staging, Map.of("version", 1))
                        .code())
                .isEqualTo("revision-outdated");
        assertThat(deploy(Map.of()).at("/liveVersion")).isEqualTo("4");
        assertThat(run(Map.of("alias", "staging"))).as("it follows nothing").isEqualTo("3");

        assertThat(api.admin().delete(staging).status()).isEqualTo(428);
        assertThat(api.admin().with("If-Match", "*").delete(staging).status()).isEqualTo(204);
        assertThat(api.viewer().get(staging).code()).isEqualTo("alias-not-found");
        assertThat(api.operator()
                        .post(path + ":run", Map.of("alias", "staging"))
                        .code())
                .isEqualTo("alias-not-found");
        assertThat(api.admin().delete(path).status()).as("with its aliases").isEqualTo(204);
    }

    @Test
    void whoMovesLiveHasSeenTheNewestDeploy() {
        String seen = api.viewer().get(live).header("ETag");
        deploy(Map.of());

        Answer refused = api.admin().with("If-Match", seen).put(live, Map.of("version", 1));

        assertThat(refused.status()).isEqualTo(412);
        assertThat(api.viewer().get(path).at("/liveVersion")).isEqualTo("4");
    }

    @Test
    void everyChangeIsAuditedWithWhereItPointedBefore() {
        move(live, 1);
        api.admin().put(path + "/aliases/staging", Map.of("version", 2));
        move(path + "/aliases/staging", 3);
        api.admin().with("If-Match", "*").delete(path + "/aliases/staging");
        deploy(Map.of());

        assertThat(jdbc.sql("""
                        select action || ' ' || concat_ws(' ', details->>'alias', details->>'from', details->>'version', details->>'live')
                        from audit_events where target_name = ? and action like 'function.%' order by id
                        """).param(name).query(String.class).list())
                .containsExactly(
                        "function.create 1 1",
                        "function.version.create 2 2",
                        "function.version.create 3 3",
                        "function.alias.update live 3 1",
                        "function.alias.create staging 2",
                        "function.alias.update staging 2 3",
                        "function.alias.delete staging 3",
                        "function.version.create 4 4");
    }

    @Test
    void onlyAdminsChangeAliases() {
        for (var caller : List.of(api.viewer(), api.operator())) {
            assertThat(caller.with("If-Match", "*")
                            .put(live, Map.of("version", 1))
                            .code())
                    .isEqualTo("forbidden");
            assertThat(caller.with("If-Match", "*")
                            .delete(path + "/aliases/staging")
                            .code())
                    .isEqualTo("forbidden");
        }
        assertThat(api.anonymous().get(live).status()).isEqualTo(401);
        assertThat(api.viewer().get(path).at("/liveVersion")).isEqualTo("3");
    }

    @Test
    void whatIsWrongIsSaidWithWhatToChange() {
        Answer wrong = api.admin().put(path + "/aliases/Staging", Map.of("version", 4));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text()).contains("\"/alias\"", "\"/version\"", "4 (expected: 1 to 3)");
        assertThat(api.admin().put(path + "/aliases/12", Map.of("version", 1)).at("/detail"))
                .contains("a number names a version");
        assertThat(api.admin().put(path + "/aliases/staging", Map.of()).at("/detail"))
                .contains("1 to 3");
        assertThat(move(live, 0).at("/errors/0/pointer")).isEqualTo("/version");
        Answer stays = api.admin().with("If-Match", "*").delete(live);
        assertThat(stays.code()).isEqualTo("live-alias-stays");
        assertThat(stays.at("/detail")).contains("another version");
        assertThat(api.admin()
                        .with("If-Match", "\"1\"")
                        .put(path + "/aliases/staging", Map.of("version", 1))
                        .status())
                .as("it was removed meanwhile")
                .isEqualTo(412);
        assertThat(api.admin()
                        .put("/api/v1/functions/none-" + name + "/aliases/live", Map.of("version", 1))
                        .code())
                .isEqualTo("function-not-found");
        assertThat(api.viewer()
                        .get("/api/v1/functions/none-" + name + "/aliases")
                        .code())
                .isEqualTo("function-not-found");
        assertThat(api.operator()
                        .post(path + ":run", Map.of("version", 1, "alias", "live"))
                        .at("/errors/0/pointer"))
                .isEqualTo("/alias");
    }

    @Test
    void aFunctionHasTwentyAliasesAtMost() {
        for (int number = 1; number < 20; number++) {
            assertThat(api.admin()
                            .put(path + "/aliases/a" + number, Map.of("version", 1))
                            .status())
                    .isEqualTo(201);
        }

        Answer refused = api.admin().put(path + "/aliases/one-more", Map.of("version", 1));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("too-many-aliases");
        assertThat(refused.at("/detail")).contains("20");
        assertThat(move(path + "/aliases/a7", 2).status()).isEqualTo(200);
    }

    @Test
    void aTaskKeepsTheNameAndIsRefusedWithBoth() {
        Answer task = api.operator()
                .post(
                        "/api/v1/tasks",
                        Map.of("type", "code.run", "input", Map.of("function", name, "alias", "staging")));

        assertThat(task.status()).as(task.toString()).isEqualTo(202);
        assertThat(task.at("/input/alias")).isEqualTo("staging");
        assertThat(task.json().at("/input/version").isMissingNode()).isTrue();
        Answer both = api.operator()
                .post(
                        "/api/v1/tasks",
                        Map.of("type", "code.run", "input", Map.of("function", name, "version", 1, "alias", "live")));
        assertThat(both.status()).isEqualTo(400);
        assertThat(both.at("/errors/0/pointer")).isEqualTo("/input/alias");
    }

    private Answer deploy(Map<String, Object> more) {
        Map<String, Object> version = new HashMap<>(more);
        version.put("source", SOURCE);
        return api.admin().post(path + "/versions", version);
    }

    private Answer move(String alias, int version) {
        return api.admin()
                .with("If-Match", api.viewer().get(alias).header("ETag"))
                .put(alias, Map.of("version", version));
    }

    /** The version that is settled for a call. */
    private String run(Map<String, Object> call) {
        return api.operator().post(path + ":run", call).at("/input/version");
    }

    private Map<String, String> aliasesByVersion() {
        Map<String, String> names = new HashMap<>();
        for (var version : api.viewer().get(path + "/versions").json().path("items")) {
            names.put(
                    version.path("version").asString(), version.path("aliases").toString());
        }
        return names;
    }

    private long rows() {
        return jdbc.sql(
                        "select count(*) from function_aliases a join functions f on f.id = a.function_id where f.name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }

    /** As it does it: it writes no alias. */
    private void addAsTheReleaseBefore(int version) {
        jdbc.sql("update functions set latest_version = ? where name = ?")
                .params(version, name)
                .update();
        jdbc.sql("""
                        insert into function_versions (function_id, version, source, timeout_seconds, memory_mib, created_by)
                        select f.id, ?, v.source, v.timeout_seconds, v.memory_mib, v.created_by
                        from functions f join function_versions v on v.function_id = f.id and v.version = 1 where f.name = ?
                        """).params(version, name).update();
    }
}
