package io.bascule.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MigrateTests {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres server;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void anEmptyDatabaseGetsTheWholeSchema() throws SQLException {
        String url = newDatabase();

        assertThat(run(url)).isZero();
        assertThat(out.toString()).contains("The schema is now at version");
        try (var connection = server.getDatabase("postgres", url.replaceAll(".*/([a-z0-9_]+)\\?.*", "$1"))
                        .getConnection();
                var rows = connection.createStatement().executeQuery("select name from workspaces")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("default");
        }
    }

    @Test
    void aSecondRunChangesNothing() throws SQLException {
        String url = newDatabase();
        run(url);

        assertThat(run(url, "--migrate")).isZero();
        assertThat(out.toString()).contains("up to date");
    }

    @Test
    void infoListsWithoutChanging() throws SQLException {
        String url = newDatabase();

        assertThat(run(url, "--info")).isZero();
        assertThat(out.toString()).containsPattern("1 +pending +identity");
        run(url);
        assertThat(run(url, "--info")).isZero();
        assertThat(out.toString()).containsPattern("1 +success +identity");
    }

    @Test
    void aDatabaseThatStaysAwayEndsInOneLineThatNamesTheRemedy() throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:%d/bascule?password=hush".formatted(unusedPort());

        assertThat(run(url, "--wait", "12s")).isEqualTo(1);
        assertThat(err.toString())
                .contains("waiting for the database", "(5 of 12 s)", "within 12 s", "BASCULE_DATABASE_URL")
                .doesNotContain("hush", "\tat ");
    }

    @Test
    void aDatabaseThatComesUpLateIsWaitedFor() throws Exception {
        int port = unusedPort();
        var late = new ArrayList<EmbeddedPostgres>();
        var waiting = new Waiting(now::get, pause -> {
            now.updateAndGet(time -> time.plus(pause));
            if (late.isEmpty()) {
                late.add(started(port));
            }
        });
        try {
            int code = run(waiting, "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), "--wait", "30s");
            assertThat(code).isZero();
            assertThat(err.toString()).contains("waiting for the database");
        } finally {
            late.getFirst().close();
        }
    }

    @Test
    void aDatabaseThatDoesNotExistIsNotWaitedFor() {
        String url = "jdbc:postgresql://127.0.0.1:%d/nowhere".formatted(server.getPort());

        assertThat(run(url)).isEqualTo(1);
        assertThat(err.toString()).contains("no such database", "create it").doesNotContain("waiting");
    }

    @Test
    void aMissingUrlIsNamed() {
        assertThat(run("")).isEqualTo(1);
        assertThat(err.toString()).contains("BASCULE_DATABASE_URL is not set");
    }

    @Test
    void aSenselessWaitIsAUsageError() throws SQLException {
        assertThat(run(newDatabase(), "--wait", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("such as 60s or 5m");
    }

    /** Behind a migration that waits for a table everybody waits who only wants to read it. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTableThatOthersHoldIsNotWaitedForInFrontOfEverybody() throws SQLException {
        String url = upTo26();
        try (Connection reader = reading(url)) {
            assertThat(run(url, "--wait", "4s")).isEqualTo(1);
            assertThat(reader.isClosed()).isFalse();
        }

        assertThat(err.toString()).contains("(0 of 4 s)", "others held what has to change for 4 s", "pg_stat_activity");
        assertThat(run(url)).isZero();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aTableThatOthersLetGoOfIsChangedThen() throws SQLException {
        String url = upTo26();
        try (Connection reader = reading(url)) {
            var waiting = new Waiting(now::get, pause -> {
                now.updateAndGet(time -> time.plus(pause));
                commit(reader);
            });

            assertThat(run(waiting, url, "--wait", "30s")).isZero();
        }

        assertThat(err.toString()).contains("(0 of 30 s)").doesNotContain("(4 of 30 s)");
        assertThat(out.toString()).contains("The schema is now at version");
    }

    private static String upTo26() throws SQLException {
        String url = newDatabase();
        Flyway.configure()
                .dataSource(url, "postgres", "unused")
                .target("26")
                .load()
                .migrate();
        return url;
    }

    /** With a transaction that has read what the next migration alters, and stays. */
    private static Connection reading(String url) throws SQLException {
        Connection reader = DriverManager.getConnection(url);
        reader.setAutoCommit(false);
        try (var statement = reader.createStatement();
                var rows = statement.executeQuery("select count(*) from event_outbox")) {
            assertThat(rows.next()).isTrue();
        }
        return reader;
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void anEditedMigrationStopsEverything() throws SQLException {
        String url = newDatabase();
        run(url);
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("update flyway_schema_history set checksum = 1 where version = '1'");
        }

        assertThat(run(url)).isEqualTo(1);
        assertThat(err.toString()).contains("left as it was", "--info");
    }

    private int run(String url, String... arguments) {
        return run(new Waiting(now::get, pause -> now.updateAndGet(time -> time.plus(pause))), url, arguments);
    }

    private int run(Waiting waiting, String url, String... arguments) {
        var environment = Map.of(
                "BASCULE_DATABASE_URL", url,
                "BASCULE_DATABASE_USERNAME", "postgres",
                "BASCULE_DATABASE_PASSWORD", "unused");
        return Migrate.commandLine(new Migrate(environment, waiting))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static EmbeddedPostgres started(int port) {
        try {
            return EmbeddedPostgres.builder().setPort(port).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String newDatabase() throws SQLException {
        String name = "migrate_" + DATABASES.incrementAndGet();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return server.getJdbcUrl("postgres", name);
    }

    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
