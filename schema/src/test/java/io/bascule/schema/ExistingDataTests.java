package io.bascule.schema;

import static org.assertj.core.api.Assertions.assertThat;

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
