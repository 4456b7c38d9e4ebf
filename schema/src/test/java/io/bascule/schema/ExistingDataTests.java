package io.bascule.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations of databases that are in use. */
class ExistingDataTests {

    private EmbeddedPostgres server;
    private Connection connection;

    @BeforeEach
    void start() throws IOException, SQLException {
        server = EmbeddedPostgres.start();
        connection = server.getPostgresDatabase().getConnection();
    }

    @AfterEach
    void stop() throws IOException, SQLException {
        connection.close();
        server.close();
    }

    @Test
    void theMonthThatHoldsTasksStaysAndDaysFollowIt() throws SQLException {
        migrateTo("12");
        execute(
                "insert into task_history select uuidv7(), gen_random_uuid(), 'instant', '', 'echo', 'succeeded', 0, now(),"
                        + " null, 1, 0, 0, 3, 0, null, '{}', '{}', gen_random_uuid(), 'ann', now()");
        execute("update task_totals_cursor set xid = '7'::xid8, seq = 8");

        migrateTo("13");

        String month = DateTimeFormatter.ofPattern("uuuu_MM").format(LocalDate.now(ZoneOffset.UTC));
        assertThat(text("select string_agg(relname, ' ') from pg_class where relname ~ '^task_history_\\d{4}_\\d\\d$'"))
                .isEqualTo("task_history_" + month);
        assertThat(text("select count(*) from task_history")).isEqualTo("1");
        assertThat(text("select xid || ' ' || seq from outbox_relays where name = 'totals'"))
                .isEqualTo("7 8");
        execute("select ensure_task_partitions((date_trunc('month', now()) + interval '1 month')::date)");
        assertThat(text("select count(*) from pg_class where relkind = 'r' and relname ~ '^task_history_.*_0[1-4]$'"))
                .isEqualTo("4");
    }

    @Test
    void everyFunctionHasItsNewestVersionLiveAndOneThatTheReleaseBeforeAddsToo() throws SQLException {
        migrateTo("25");
        execute("insert into users (username, password_hash) values ('ann', '-')");
        execute("insert into functions (workspace_id, name, runtime, latest_version)"
                + " select id, 'add', 'javascript', 2 from workspaces");
        addVersion(1);
        addVersion(2);

        migrateTo("26");

        String live = "select name || ' ' || version || ' ' || revision from current_function_aliases";
        assertThat(text(live)).isEqualTo("live 2 2");
        execute("update functions set latest_version = 3");
        addVersion(3);
        assertThat(text(live)).isEqualTo("live 3 3");
        execute("insert into function_aliases (function_id, name, version, held_at, revision, updated_by)"
                + " select f.id, 'live', 1, 3, 1, u.id from functions f, users u");
        assertThat(text(live)).isEqualTo("live 1 4");
        assertThatThrownBy(() -> execute("delete from function_versions where version = 1"))
                .hasMessageContaining("function_aliases");
        execute("update functions set latest_version = 4");
        addVersion(4);
        assertThat(text(live))
                .as("held back, and deployed by one who knows nothing of it")
                .isEqualTo("live 4 5");
        execute("delete from functions");
        assertThat(text("select count(*) from function_aliases")).isEqualTo("0");
    }

    @Test
    void eventsOfBeforeAreReadBesideThoseThatShareARowWhichACounterOfBeforeRefuses() throws SQLException {
        migrateTo("25");
        execute("insert into event_outbox (type, subject, data) values ('a', 'one', '{\"lane\": \"instant\"}')");

        migrateTo("27");
        execute("insert into event_outbox (type, subject, data) values ('b', 'two', '{}')");
        execute("insert into event_outbox (type, number, subjects, attempts, data)"
                + " values ('c', 2, array[uuidv7(), uuidv7()], '{1,2}', '[{\"lane\": \"queued\"}]')");

        assertThat(text("select string_agg(concat_ws(' ', type, data ->> 'lane', data ->> 'attempt'), ', '"
                        + " order by xid, seq, position) from outbox_events"))
                .isEqualTo("a instant, b, c queued 1, c queued 2");
        assertThat(text("select count(distinct id) from outbox_events")).isEqualTo("4");
        assertThatThrownBy(() -> text(
                        "select lane from event_outbox e cross join lateral json_to_record(e.data) as d (lane text)"
                                + " where e.type = 'c'"))
                .hasMessageContaining("array");
    }

    @Test
    void rowsGoOnToTellOfOneEventWhereTheReleaseBeforeMayStillRead() throws SQLException {
        migrateTo("25");
        execute("insert into users (username, password_hash) values ('ann', '-')");
        migrateTo("27");
        String many = "insert into event_outbox (type, number, subjects, attempts, data)"
                + " values ('c', 2, array[uuidv7(), uuidv7()], '{1,2}', '[{\"lane\": \"queued\"}]')";

        execute(many);
        assertThat(text("select count(*) || ' ' || count(subject) from event_outbox"))
                .isEqualTo("2 2");
        execute("select events_may_share_rows()");
        execute(many);
        assertThat(text("select count(*) || ' ' || count(subject) from event_outbox"))
                .isEqualTo("3 2");
        execute("select events_one_by_one(true)");
        execute(many);
        assertThat(text("select count(*) || ' ' || count(subject) from event_outbox"))
                .isEqualTo("5 4");
    }

    private void addVersion(int version) throws SQLException {
        execute("insert into function_versions (function_id, version, source, timeout_seconds, memory_mib, created_by)"
                + " select f.id, %d, 'code', 30, 256, u.id from functions f, users u".formatted(version));
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .target(version)
                .load()
                .migrate();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
