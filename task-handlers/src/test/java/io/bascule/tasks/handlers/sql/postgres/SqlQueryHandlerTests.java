package io.bascule.tasks.handlers.sql.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.type.TaskCatalogue;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against a real server, without the tunnel, which the system's tests have. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class SqlQueryHandlerTests {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final URI server = URI.create(database.url().substring("jdbc:".length()));
    private final DirectTunnels tunnels = DirectTunnels.to(server.getPort());
    private final SqlQueryHandler handler = new SqlQueryHandler(tunnels, List.of(new PostgreSqlServer()));

    @BeforeAll
    void aTableExists() {
        jdbc.sql("create table bridges (name text primary key, opened int)").update();
        jdbc.sql("insert into bridges select 'bridge ' || n, n from generate_series(1, 2500) n")
                .update();
    }

    @Test
    void eachTypeHasOneFormInTheAnswer() throws Exception {
        JsonNode answer = run("""
                select 1 as i, 9007199254740993::int8 as l, 1.10::numeric as n, 1.5::float8 as d, 'NaN'::float8 as nan,
                  true as b, null::int as nothing, '{"a": [1, 0.10]}'::jsonb as j, '\\x00ff'::bytea as bytes,
                  '2026-05-04T07:00:00+02'::timestamptz as at, array['a','b'] as list, 'text' as t""");

        assertThat(answer.path("rows").path(0).toString())
                .isEqualTo("[1,\"9007199254740993\",\"1.10\",1.5,\"NaN\",true,null,{\"a\":[1,0.10]},\"AP8=\","
                        + "\"2026-05-04 05:00:00+00\",\"{a,b}\",\"text\"]");
        assertThat(answer.path("columns").path(1).toString()).isEqualTo("{\"name\":\"l\",\"type\":\"int8\"}");
        assertThat(answer.path("truncated").asBoolean()).isFalse();
        assertThat(answer.path("updateCount").isNull()).isTrue();
    }

    @Test
    void parametersGetTheTypeOfTheirPlaceAndAreNeverSql() throws Exception {
        ObjectNode input = input("select name from bridges where opened = ? and name <> ? and ?::jsonb ->> 'a' = '1'");
        input.putArray("parameters")
                .add(7)
                .add("'; drop table bridges; --")
                .addObject()
                .put("a", 1);

        assertThat(run(input).path("rows").toString()).isEqualTo("[[\"bridge 7\"]]");

        ObjectNode quoted = input("select ?::text, ?::text is null, '{\"a\": 1}'::jsonb ?? 'a'");
        quoted.putArray("parameters").add("' \\ \" $1 ? ; -- /*").addNull();
        assertThat(run(quoted).path("rows").path(0).path(0).asString()).isEqualTo("' \\ \" $1 ? ; -- /*");
        assertThat(run(quoted).path("rows").path(0).path(1).asBoolean()).isTrue();
        assertThat(run(quoted).path("rows").path(0).path(2).asBoolean()).isTrue();
        assertThat(failure(input("select ?")).error().code()).isEqualTo("parameters-mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into bridges values ('x', 1)",
                "create table other (a int)",
                "with gone as (delete from bridges returning 1) select * from gone",
                "do $$ begin set transaction read write; insert into bridges values ('x', 1); end $$",
                "do $$ begin execute 'set transaction_read_only = off'; insert into bridges values ('x', 1); end $$",
                "do $$ begin commit; insert into bridges values ('x', 1); end $$",
                "commit; insert into bridges values ('x', 1)",
                "set transaction read write; insert into bridges values ('x', 1)",
                "select 1; insert into bridges values ('x', 1)",
                "select $a$;$a$; insert into bridges values ('x', 1)",
                "/* ; */ select 1; rollback; begin; insert into bridges values ('x', 1); commit"
            })
    void aReadOnlyStatementChangesNothingHoweverItIsWritten(String statement) {
        TaskFailure refused = failure(input(statement));

        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused.error().code())
                .isIn("sqlstate-25006", "sqlstate-25001", "sqlstate-2D000", "several-statements");
        assertThat(jdbc.sql("select count(*) from bridges where name = 'x'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aStatementThatMayChangeDataDoes() throws Exception {
        ObjectNode input =
                input("insert into bridges values ('new', 1), ('newer', 2)").put("readOnly", false);

        assertThat(run(input).path("updateCount").asInt()).isEqualTo(2);
        JsonNode returned = run(input("delete from bridges where name like 'new%' returning name")
                .put("readOnly", false));
        assertThat(returned.path("rows")).hasSize(2);
        assertThat(failure(input("insert into bridges values ('y', 1)")).error().message())
                .contains("SQLSTATE 25006", "\"readOnly\": false");
    }

    @Test
    void anAnswerIsCutAtItsRowsAndAtItsBytes() throws Exception {
        JsonNode rows = run(input("select name from bridges order by opened").put("maxRows", 1_234));
        assertThat(rows.path("rows")).hasSize(1_234);
        assertThat(rows.path("truncated").asBoolean()).isTrue();
        assertThat(run(input("select name from bridges limit 5").put("maxRows", 5))
                        .path("truncated")
                        .asBoolean())
                .as("control")
                .isFalse();

        JsonNode bytes = run(input("select repeat('x', 400) from bridges").put("maxBytes", 4096));
        assertThat(bytes.path("rows")).hasSize(10);
        assertThat(bytes.path("truncated").asBoolean()).isTrue();
        assertThat(failure(input("select repeat('x', 30000000)")).error().code())
                .isEqualTo("row-too-large");
    }

    @Test
    void anAnswerIsCutAtItsCells() throws Exception {
        String hundredColumns = "select " + "1,".repeat(99) + "1 from generate_series(1, %d)";

        JsonNode most = run(input(hundredColumns.formatted(2_000)).put("maxRows", 100_000));
        assertThat(most.path("rows")).hasSize(2_000);
        assertThat(most.path("truncated").asBoolean()).as("control").isFalse();

        JsonNode more = run(input(hundredColumns.formatted(2_001)).put("maxRows", 100_000));
        assertThat(more.path("rows")).hasSize(2_000);
        assertThat(more.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void aLargeRowOfAnHonestServerArrives() throws Exception {
        JsonNode answer = run(input("select repeat('x', 8000000), n from generate_series(1, 1) n")
                .put("maxBytes", 8_388_608));

        assertThat(answer.path("rows").path(0).path(0).asString()).hasSize(8_000_000);
    }

    @Test
    void whatTheServerRefusesSaysItsStateAndWhetherTryingAgainHelps() {
        TaskFailure unknown = failure(input("select * from nowhere"));
        assertThat(unknown.error().code()).isEqualTo("sqlstate-42P01");
        assertThat(unknown.error().message()).contains("relation \"nowhere\" does not exist", "at character 15");
        assertThat(unknown.isRetryable()).isFalse();

        for (String passing : new String[] {"40001", "40P01", "57P01", "57P03", "53300"}) {
            TaskFailure failure = failure(
                    input("do $$ begin raise exception 'later' using errcode = '%s'; end $$".formatted(passing)));
            assertThat(failure.error().code()).isEqualTo("sqlstate-" + passing);
            assertThat(failure.isRetryable()).as(passing).isTrue();
        }
        TaskFailure slow = failure(input("select pg_sleep(600)").put("timeoutSeconds", 1));
        assertThat(slow.error().code()).isEqualTo("statement-timeout");
        assertThat(slow.isRetryable()).isTrue();
        TaskFailure away =
                failure(new SqlQueryHandler(DirectTunnels.to(1), List.of(new PostgreSqlServer())), input("select 1"));
        assertThat(away.error().code()).isEqualTo("connection-failed");
        assertThat(away.isRetryable()).isTrue();
    }

    /** Each fetch takes a fraction of the server's time-out, all together take minutes. */
    @Test
    void theTimeIsForAllFetchesTogether() {
        var impatient = new SqlQueryHandler(tunnels, List.of(new PostgreSqlServer(Duration.ofSeconds(1))));

        TaskFailure slow = failure(
                impatient,
                input("select pg_sleep(0.002) from generate_series(1, 100000)")
                        .put("maxRows", 100_000)
                        .put("timeoutSeconds", 2));

        assertThat(slow.error().code()).isEqualTo("statement-timeout");
        assertThat(slow.isRetryable()).isTrue();
    }

    @Test
    void theDetailOfAnErrorWhichQuotesRowsIsNotTold() {
        TaskFailure refused =
                failure(input("insert into bridges values ('bridge 7', 1)").put("readOnly", false));

        assertThat(refused.error().code()).isEqualTo("sqlstate-23505");
        assertThat(refused.error().message()).doesNotContain("bridge 7");
    }

    @Test
    void cancellingReachesTheServer() throws Exception {
        TaskOnPaper task = TaskOnPaper.of(
                input("select pg_sleep(600)").put("timeoutSeconds", 900).toString(), Map.of());
        var thrown = new AtomicReference<Throwable>();
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                handler.run(task);
            } catch (TaskFailure | InterruptedException end) {
                thrown.set(end);
            }
        });
        Await.until(() -> sleeping() == 1);

        running.interrupt();
        running.join();

        assertThat(sleeping()).isZero();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(task.said()).last().isEqualTo("The server has stopped the statement");
    }

    @Test
    void loginAndParametersCanBeSecretsAndNothingOfThemIsSaid() throws Exception {
        ObjectNode input = input("select current_user, ?::text");
        input.putObject("user").put("secret", "DB_USER");
        input.putObject("password").put("secret", "DB_PASSWORD");
        input.putArray("parameters").addObject().put("secret", "VALUE");
        TaskOnPaper task = TaskOnPaper.of(
                input.toString(), Map.of("DB_USER", "postgres", "DB_PASSWORD", "open sesame", "VALUE", "hush hush"));

        assertThat(handler.run(task).path("rows").toString()).isEqualTo("[[\"postgres\",\"hush hush\"]]");
        assertThat(task.said()).isNotEmpty().noneMatch(line -> line.contains("sesame") || line.contains("hush"));
        assertThatThrownBy(() -> handler.run(TaskOnPaper.of(input.toString(), Map.of())))
                .hasMessageContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres?socketFactory=java.lang.Object",
                "postgres&user=other",
                "../postgres",
                "no such database"
            })
    void aDatabasesNameIsOnlyAName(String name) {
        assertThat(failure(input("select 1").put("database", name)).error().code())
                .isEqualTo("sqlstate-3D000");
    }

    @Test
    void theSchemaTakesNoPlainPassword() {
        TaskCatalogue catalogue = TaskCatalogue.builtIn();
        var type = catalogue.find("sql.query").orElseThrow();

        assertThat(catalogue.check(type, input("select 1"))).isEmpty();
        assertThat(catalogue.check(type, input("select 1").put("password", "plain")))
                .isNotEmpty()
                .allMatch(problem -> problem.pointer().startsWith("/password"))
                .noneMatch(problem -> problem.detail().contains("plain"));
        assertThat(catalogue.check(type, JsonMapper.shared().readTree("{\"statement\": 1}")))
                .extracting(problem -> problem.pointer())
                .contains("/resource", "/database", "/user", "/statement");
    }

    private int sleeping() {
        return jdbc.sql(
                        "select count(*) from pg_stat_activity where state = 'active' and query = 'select pg_sleep(600)'"
                                + " and datname = current_database()")
                .query(Integer.class)
                .single();
    }

    private ObjectNode input(String statement) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("resource", "postgres")
                .put("database", server.getPath().substring(1))
                .put("user", "postgres")
                .put("statement", statement);
    }

    private JsonNode run(String statement) throws TaskFailure, InterruptedException {
        return run(input(statement));
    }

    private JsonNode run(ObjectNode input) throws TaskFailure, InterruptedException {
        return handler.run(TaskOnPaper.of(input.toString(), Map.of()));
    }

    private TaskFailure failure(ObjectNode input) {
        return failure(handler, input);
    }

    private static TaskFailure failure(SqlQueryHandler handler, ObjectNode input) {
        var thrown = new AtomicReference<TaskFailure>();
        assertThatThrownBy(() -> handler.run(TaskOnPaper.of(input.toString(), Map.of())))
                .isInstanceOfSatisfying(TaskFailure.class, thrown::set);
        return thrown.get();
    }
}
