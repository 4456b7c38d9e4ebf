package io.bascule.tasks.handlers.sql.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bascule.tasks.handlers.DirectTunnels;
import io.bascule.tasks.handlers.TaskOnPaper;
import io.bascule.tasks.handlers.sql.SqlQueryHandler;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestMariaDb;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Against a real server, without the tunnel, which the system's tests have. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class MySqlQueryTests {

    private final TestMariaDb database = TestMariaDb.running();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database.url()));
    private final SqlQueryHandler handler = MySqlTasks.handler(database.port());

    @BeforeAll
    void aTableExists() {
        jdbc.sql("create table bridges (name varchar(40) primary key, opened int)")
                .update();
        jdbc.sql("insert into bridges select concat('bridge ', seq), seq from seq_1_to_2500")
                .update();
        jdbc.sql("create table counted (id bigint unsigned auto_increment primary key, name varchar(20))")
                .update();
        jdbc.sql("create procedure sneak() begin commit; set session transaction read write;"
                        + " insert into bridges values ('x', 1); commit; end")
                .update();
        jdbc.sql("create function sneak_in() returns int begin insert into bridges values ('x', 1); return 1; end")
                .update();
        jdbc.sql("create sequence numbers").update();
    }

    @Test
    void parametersHaveTheTypeThatTheyAreGivenAndAreNeverSql() throws Exception {
        ObjectNode input =
                MySqlTasks.input("select name from bridges where opened = ? and name <> ? and opened > ? limit ?");
        input.putArray("parameters")
                .add(7)
                .add("'; drop table bridges; --")
                .add("6")
                .add(3);
        assertThat(run(input).path("rows").toString()).isEqualTo("[[\"bridge 7\"]]");

        ObjectNode quoted = MySqlTasks.input("select ?, ? is null, json_value(?, '$.a'), ?, ? + 0, 'is this one?'");
        quoted.putArray("parameters")
                .add("' \\ \" ? ; -- /* ü 🚀 \0")
                .addNull()
                .addPOJO(JsonMapper.shared().readTree("{\"a\": 1}"))
                .add(true)
                .add(1.25);
        JsonNode row = run(quoted).path("rows").path(0);
        assertThat(row.path(0).asString()).isEqualTo("' \\ \" ? ; -- /* ü 🚀 \0");
        assertThat(row.path(1).asInt()).isOne();
        assertThat(row.path(2).asString()).isEqualTo("1");
        assertThat(row.path(3).asInt()).isOne();
        assertThat(row.path(4).asString()).isEqualTo("1.25");
        assertThat(row.path(5).asString()).isEqualTo("is this one?");
        assertThat(failure(MySqlTasks.input("select ?")).error().code()).isEqualTo("parameters-mismatch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into bridges values ('x', 1)",
                "create table other (a int)",
                "with one as (select 1 a) select sneak_in() from one",
                "select sneak_in()",
                "select nextval(numbers)",
                "call sneak()",
                "begin not atomic commit; insert into bridges values ('x', 1); end",
                "execute immediate 'insert into bridges values (''x'', 1)'",
                "commit; insert into bridges values ('x', 1)",
                "select 1; insert into bridges values ('x', 1)",
                "set session transaction read write",
                "/* select */ insert into bridges values ('x', 1)",
                "/*!50000 insert into bridges values ('x', 1) */",
                "/*M! insert into bridges values ('x', 1) */",
                "select 1 into outfile '/tmp/never'",
                "select 'a' into /* x */ dumpfile '/tmp/never'",
                "select 'a\\'' into outfile '/tmp/never'",
                "select 'a\\' into outfile '/tmp/never'",
                "select 1 # \0",
                "lock tables bridges write",
                "truncate bridges",
                "load data local infile '/etc/hostname' into table bridges"
            })
    void aReadOnlyStatementChangesNothingHoweverItIsWritten(String statement) {
        TaskFailure refused = failure(MySqlTasks.input(statement));

        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused.error().code()).isIn("sqlstate-25006", "read-only", "sqlstate-42000");
        assertThat(jdbc.sql("select count(*) from bridges where name = 'x'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "(select 1) union (select 2)",
                "# first\n-- then\n/* and */ with a as (select 'into outfile;' b) select * from a",
                "show tables",
                "describe bridges",
                "explain select * from bridges",
                "values (1)"
            })
    void aStatementThatReadsIsRun(String statement) throws Exception {
        assertThat(run(statement).path("rows")).isNotEmpty();
    }

    @Test
    void aStatementThatMayChangeDataDoes() throws Exception {
        JsonNode added = run(MySqlTasks.input("insert into counted (name) values ('a'), ('b')")
                .put("readOnly", false));
        assertThat(added.path("updateCount").asInt()).isEqualTo(2);
        assertThat(added.path("insertId").asString()).isEqualTo("1");

        JsonNode returned = run(MySqlTasks.input("delete from counted where name = 'a' returning id")
                .put("readOnly", false));
        assertThat(returned.path("rows").toString()).isEqualTo("[[\"1\"]]");
        assertThat(run("select name from counted").path("rows").toString()).isEqualTo("[[\"b\"]]");
        run(MySqlTasks.input(
                        "create trigger doubled before insert on counted for each row set new.name = upper(new.name)")
                .put("readOnly", false));
        assertThat(failure(MySqlTasks.input("insert into counted (name) values ('c')"))
                        .error()
                        .message())
                .contains("read-only", "\"readOnly\": false");
    }

    @Test
    void anAnswerIsCutAtItsRowsAndAtItsBytesAndALargeRowIsRefused() throws Exception {
        JsonNode rows =
                run(MySqlTasks.input("select name from bridges order by opened").put("maxRows", 1_234));
        assertThat(rows.path("rows")).hasSize(1_234);
        assertThat(rows.path("truncated").asBoolean()).isTrue();
        assertThat(run(MySqlTasks.input("select name from bridges limit 5").put("maxRows", 5))
                        .path("truncated")
                        .asBoolean())
                .as("control")
                .isFalse();

        JsonNode bytes =
                run(MySqlTasks.input("select repeat('x', 400) from bridges").put("maxBytes", 4096));
        assertThat(bytes.path("rows")).hasSize(10);
        assertThat(bytes.path("truncated").asBoolean()).isTrue();
        assertThat(failure(MySqlTasks.input("select repeat('x', 30000000)"))
                        .error()
                        .code())
                .isEqualTo("row-too-large");
        assertThat(run(MySqlTasks.input("select repeat('x', 8000000)").put("maxBytes", 8_388_608))
                        .path("rows")
                        .path(0)
                        .path(0)
                        .asString())
                .hasSize(8_000_000);
    }

    /** A row of exactly a full packet goes on in another one, which is empty. */
    @Test
    void aRowOfTwoPacketsIsReadUpToTheLargest() throws Exception {
        for (int length : new int[] {0xFF_FFFF - 4, 0xFF_FFFF - 3}) {
            JsonNode cut = run("select repeat('x', %d)".formatted(length));
            assertThat(cut.path("truncated").asBoolean()).isTrue();
            assertThat(cut.path("rows")).isEmpty();
        }
        assertThat(failure(MySqlTasks.input("select repeat('x', %d)".formatted(0xFF_FFFF - 2)))
                        .error()
                        .message())
                .contains("a row of 16777217 bytes");
    }

    /** Without a limit of its own the rest would be ten billion rows; the task has ended long before they could be read. */
    @Test
    void whatIsCutOffIsNotReadToItsEnd() throws Exception {
        JsonNode answer =
                run(MySqlTasks.input("select * from (select repeat('x', 1000) from seq_1_to_100000 limit 100000) a")
                        .put("maxBytes", 2048)
                        .put("maxRows", 100_000));

        assertThat(answer.path("rows")).hasSize(2);
        assertThat(answer.path("truncated").asBoolean()).isTrue();
    }

    @Test
    void whatTheServerRefusesSaysWhatToChange() {
        TaskFailure unknown = failure(MySqlTasks.input("select * from nowhere"));
        assertThat(unknown.error().code()).isEqualTo("sqlstate-42S02");
        assertThat(unknown.error().message()).contains("error 1146", "nowhere").doesNotContain("conn=");
        assertThat(unknown.isRetryable()).isFalse();

        assertThat(failure(MySqlTasks.input("selec 1").put("readOnly", false))
                        .error()
                        .message())
                .contains("near 'selec 1'");
        assertThat(failure(MySqlTasks.input("select 1; select 2")).error().message())
                .contains("a task has one statement");

        TaskFailure database = failure(MySqlTasks.input("select 1").put("database", "nowhere"));
        assertThat(database.error().message()).contains("Unknown database 'nowhere'");
        assertThat(database.isRetryable()).isFalse();

        TaskFailure slow = failure(MySqlTasks.input("select sleep(600)").put("timeoutSeconds", 1));
        assertThat(slow.error().code()).isEqualTo("statement-timeout");
        assertThat(slow.isRetryable()).isTrue();

        TaskFailure away = failure(MySqlTasks.handler(1), MySqlTasks.input("select 1"));
        assertThat(away.error().code()).isEqualTo("connection-failed");
        assertThat(away.isRetryable()).isTrue();
    }

    @Test
    void aWrongPasswordIsRefusedForGoodAndNotTold() {
        TaskFailure refused = catchThrowableOfType(
                TaskFailure.class,
                () -> handler.run(TaskOnPaper.of(
                        MySqlTasks.input("select 1").toString(), Map.of("DB_PASSWORD", "wrong horse battery"))));

        assertThat(refused.error().code()).isEqualTo("sqlstate-28000");
        assertThat(refused.error().message())
                .contains("Access denied", "look at user and password")
                .doesNotContain("horse");
        assertThat(refused.isRetryable()).isFalse();
    }

    @Test
    void rowsOfAnErrorAreNotTold() {
        TaskFailure refused = failure(
                MySqlTasks.input("insert into bridges values ('bridge 7', 1)").put("readOnly", false));

        assertThat(refused.error().code()).isEqualTo("sqlstate-23000");
        assertThat(refused.error().message()).contains("Duplicate entry").doesNotContain("bridge 7");
    }

    @Test
    void aLockThatIsNotGivenUpMakesTheTaskTryAgain() throws SQLException {
        jdbc.sql("set global innodb_lock_wait_timeout = 1").update();
        try (Connection other = DriverManager.getConnection(database.url());
                var holding = other.createStatement()) {
            other.setAutoCommit(false);
            holding.execute("update bridges set opened = opened where name = 'bridge 1'");

            TaskFailure waited = failure(MySqlTasks.input("update bridges set opened = 0 where name = 'bridge 1'")
                    .put("readOnly", false));

            assertThat(waited.error().message()).contains("error 1205");
            assertThat(waited.isRetryable()).isTrue();
            other.rollback();
        } finally {
            jdbc.sql("set global innodb_lock_wait_timeout = 50").update();
        }
    }

    @Test
    void aConnectionThatIsCutMakesTheTaskTryAgain() throws Exception {
        var thrown = new AtomicReference<TaskFailure>();
        Thread running = Thread.ofVirtual().start(() -> thrown.set(failure(MySqlTasks.input("select sleep(601)"))));
        Await.until(() -> sleeping(601) == 1);

        jdbc.sql("kill "
                        + jdbc.sql("select id from information_schema.processlist where info like '%sleep(601)%'"
                                        + " and id <> connection_id()")
                                .query(Long.class)
                                .single())
                .update();
        running.join();

        assertThat(thrown.get().error().code()).isIn("connection-failed", "statement-timeout");
        assertThat(thrown.get().isRetryable()).isTrue();
    }

    @Test
    void cancellingReachesTheServerOverASecondTunnel() throws Exception {
        DirectTunnels tunnels = DirectTunnels.to("mysql", database.port());
        var counted = new SqlQueryHandler(tunnels, List.of(new MySqlServer()));
        TaskOnPaper task =
                MySqlTasks.paper(MySqlTasks.input("select sleep(600)").put("timeoutSeconds", 900));
        var thrown = new AtomicReference<Throwable>();
        Thread running = Thread.ofVirtual().start(() -> {
            try {
                counted.run(task);
            } catch (TaskFailure | InterruptedException end) {
                thrown.set(end);
            }
        });
        Await.until(() -> sleeping(600) == 1);

        running.interrupt();
        running.join();

        assertThat(sleeping(600)).isZero();
        assertThat(tunnels.opened()).hasValue(2);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(task.said()).last().isEqualTo("The server has stopped the statement");
    }

    @Test
    void loginAndParametersCanBeSecretsAndNothingOfThemIsSaid() throws Exception {
        ObjectNode input = MySqlTasks.input("select current_user(), ?");
        input.putObject("user").put("secret", "DB_USER");
        input.putArray("parameters").addObject().put("secret", "VALUE");
        TaskOnPaper task = TaskOnPaper.of(
                input.toString(),
                Map.of("DB_USER", TestMariaDb.USER, "DB_PASSWORD", TestMariaDb.PASSWORD, "VALUE", "hush hush"));

        assertThat(handler.run(task).path("rows").toString()).isEqualTo("[[\"clerk@%\",\"hush hush\"]]");
        assertThat(task.said()).isNotEmpty().noneMatch(line -> line.contains("sesame") || line.contains("hush"));
        assertThatThrownBy(() -> handler.run(TaskOnPaper.of(input.toString(), Map.of())))
                .hasMessageContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop?allowMultiQueries=true",
                "shop&allowLocalInfile=true",
                "shop?socketFactory=java.lang.Object",
                "../shop",
                "shop`; select 1"
            })
    void aDatabasesNameIsOnlyAName(String name) {
        TaskFailure refused = failure(MySqlTasks.input("select 1").put("database", name));

        assertThat(refused.error().message()).contains("database").contains(name);
        assertThat(refused.isRetryable()).isFalse();
    }

    @Test
    void aResourceOfAnotherKindIsNamed() {
        var handler = new SqlQueryHandler(DirectTunnels.to("ssh", database.port()), List.of(new MySqlServer()));

        TaskFailure refused = failure(handler, MySqlTasks.input("select 1"));

        assertThat(refused.error().code()).isEqualTo("not-a-database");
        assertThat(refused.error().message()).contains("of kind ssh", "mysql");
    }

    private int sleeping(int seconds) {
        return jdbc.sql(
                        "select count(*) from information_schema.processlist where info like ? and id <> connection_id()")
                .param("%sleep(" + seconds + ")%")
                .query(Integer.class)
                .single();
    }

    private JsonNode run(String statement) throws TaskFailure, InterruptedException {
        return run(MySqlTasks.input(statement));
    }

    private JsonNode run(ObjectNode input) throws TaskFailure, InterruptedException {
        return handler.run(MySqlTasks.paper(input));
    }

    private TaskFailure failure(ObjectNode input) {
        return failure(handler, input);
    }

    private static TaskFailure failure(SqlQueryHandler handler, ObjectNode input) {
        var thrown = new AtomicReference<TaskFailure>();
        assertThatThrownBy(() -> handler.run(MySqlTasks.paper(input)))
                .isInstanceOfSatisfying(TaskFailure.class, thrown::set);
        return thrown.get();
    }
}
