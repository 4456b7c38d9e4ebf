package io.bascule.benchmarks.tasks;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import redis.embedded.RedisServer;

/** PostgreSQL and Redis as they are run when data matters: every commit on disk, an append-only file written once a second. */
final class Stores implements AutoCloseable {

    private static final String OURS = "bascule";
    private static final String PEERS = "peers";
    private static final String USER = "postgres";

    private final Path directory;
    private final EmbeddedPostgres postgres;
    private final RedisServer redis;
    private final int redisPort;

    /** @param settings of PostgreSQL, to look closer: {@code name=value}, separated by semicolons */
    Stores(Path directory, String settings) throws IOException, SQLException {
        this.directory = directory;
        Files.createDirectories(directory);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "300");
        for (String setting : settings.split(";", -1)) {
            String[] parts = setting.split("=", 2);
            if (parts.length == 2) {
                builder.setServerConfig(parts[0], parts[1]);
            }
        }
        postgres = builder.start();
        execute("create database " + OURS);
        execute("create database " + PEERS);
        Flyway.configure().dataSource(postgres.getDatabase(USER, OURS)).load().migrate();
        redisPort = freePort();
        Path files = Files.createDirectories(directory.resolve("redis"));
        redis = RedisServer.newRedisServer()
                .port(redisPort)
                .setting("dir " + files.toAbsolutePath())
                .setting("save \"\"")
                .setting("appendonly yes")
                .setting("appendfsync everysec")
                .build();
        redis.start();
    }

    /** Where our schema is. */
    String jdbcUrl() {
        return postgres.getJdbcUrl(USER, OURS);
    }

    /** Where the peers make their schemas. */
    String peersUrl() {
        return "postgres://%s@127.0.0.1:%d/%s".formatted(USER, postgres.getPort(), PEERS);
    }

    int redisPort() {
        return redisPort;
    }

    /** PostgreSQL's first process, which is nobody's child. */
    ProcessHandle server() {
        try (Stream<String> lines = Files.lines(directory.resolve("postgres").resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What the last measurement left to write is not the next one's burden. */
    void settle() {
        execute("checkpoint");
    }

    String version() throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select concat_ws(', ', 'PostgreSQL ' || current_setting('server_version'), 'fsync '"
                                + " || current_setting('fsync'), 'synchronous_commit '"
                                + " || current_setting('synchronous_commit'))")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void execute(String sql) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** The pool of a process under test. */
    static HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(USER);
        pool.setMaximumPoolSize(10);
        // As the services have it.
        pool.addDataSourceProperty("prepareThreshold", "1");
        return pool;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        redis.stop();
        postgres.close();
    }
}
