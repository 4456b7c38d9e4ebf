package io.bascule.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A database of its own on one PostgreSQL server per JVM, with our schema in it. Creating one copies a migrated template,
 * which takes some tens of milliseconds; the server starts with the first one and ends with the JVM.
 */
public final class TestDatabase {

    private static final String TEMPLATE = "bascule_template";
    private static final AtomicInteger COUNTER = new AtomicInteger();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A fresh database that has all migrations. */
    public static TestDatabase create() {
        String name = "test_" + COUNTER.incrementAndGet();
        execute("create database %s template %s".formatted(name, TEMPLATE));
        return new TestDatabase(name);
    }

    public String url() {
        return Server.BOUNCER
                .map(bouncer -> bouncer.url(name, username()))
                .orElseGet(() -> Server.INSTANCE.getJdbcUrl(username(), name));
    }

    /** Of the server itself, whatever stands before it. */
    public int serverPort() {
        return Server.INSTANCE.getPort();
    }

    public String name() {
        return name;
    }

    public String username() {
        return "postgres";
    }

    /** The server trusts local connections; any password will do. */
    public String password() {
        return "unused";
    }

    /** Unpooled connections, for a test's own look at the tables. */
    public DataSource dataSource() {
        return Server.INSTANCE.getDatabase(username(), name);
    }

    /** Ends all connections and refuses new ones, as if the server were away, until {@link #comeBack()}. */
    public void goAway() {
        execute("alter database %s allow_connections false".formatted(name));
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'".formatted(name));
    }

    public void comeBack() {
        execute("alter database %s allow_connections true".formatted(name));
    }

    private static void execute(String sql) {
        try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Started on first use, by whichever thread comes first. */
    private static final class Server {

        static final EmbeddedPostgres INSTANCE = start();
        static final Optional<TestPgBouncer> BOUNCER = TestPgBouncer.before(INSTANCE.getPort());

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .start();
                try (var connection = server.getPostgresDatabase().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                Flyway.configure()
                        .dataSource(server.getDatabase("postgres", TEMPLATE))
                        .load()
                        .migrate();
                return server;
            } catch (IOException failure) {
                throw new UncheckedIOException("embedded PostgreSQL did not start", failure);
            } catch (SQLException failure) {
                throw new IllegalStateException("the template database could not be made", failure);
            }
        }
    }
}
