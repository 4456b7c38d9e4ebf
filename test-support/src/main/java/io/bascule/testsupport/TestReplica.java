package io.bascule.testsupport;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** A PostgreSQL server of its own and a hot standby that streams from it. The standby can be stopped and started. */
public final class TestReplica implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres primary;
    private final Path copy;
    private final int port;
    private EmbeddedPostgres standby;

    private TestReplica(EmbeddedPostgres primary, Path copy) throws IOException {
        this.primary = primary;
        this.copy = copy;
        this.standby = server(copy, 0);
        this.port = standby.getPort();
    }

    /**
     * Both run when this returns; there is no schema of ours in them.
     *
     * @param folder empty, for their data; the caller's to remove
     */
    public static TestReplica start(Path folder) throws IOException {
        EmbeddedPostgres primary = server(folder.resolve("primary"), 0);
        try {
            copy(primary, folder.resolve("primary"), folder.resolve("standby"));
            return new TestReplica(primary, folder.resolve("standby"));
        } catch (IOException failure) {
            primary.close();
            throw failure;
        }
    }

    public DataSource primary() {
        return primary.getPostgresDatabase();
    }

    public DataSource standby() {
        return standby.getPostgresDatabase();
    }

    /** JDBC, whether it runs or not. */
    public String standbyUrl() {
        return "jdbc:postgresql://localhost:%d/postgres?user=%s".formatted(port, USER);
    }

    public void stopStandby() {
        try {
            standby.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** At the port it had. */
    public void startStandby() {
        try {
            standby = server(copy, port);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        stopStandby();
        try {
            primary.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static EmbeddedPostgres server(Path data, int port) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** A backup as PostgreSQL's documentation makes it without tools, which the embedded binaries lack. */
    private static void copy(EmbeddedPostgres primary, Path from, Path to) throws IOException {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copyFiles(from, to);
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                Files.writeString(to.resolve("backup_label"), label.getString(1));
            }
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
        Files.createFile(to.resolve("standby.signal"));
        Files.writeString(
                to.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=%d user=%s'%n".formatted(primary.getPort(), USER),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                if (!name.equals("postmaster.pid") && !name.equals("postmaster.opts") && !name.equals("epg-lock")) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }

            // The server goes on meanwhile, and may have removed it.
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
