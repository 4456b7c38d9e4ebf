package io.bascule.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The copy of a running server that docs/operations/disaster-recovery.md describes, and its return. */
@Timeout(180)
class RestoreTests {

    @TempDir
    private Path folder;

    @Test
    void whatWasThereAtTheCopyIsThereAfterItsReturnAndWhatCameLaterIsNot() throws Exception {
        Path copy = folder.resolve("copy");
        Path data = folder.resolve("data");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setOverrideWorkingDirectory(folder.resolve("work").toFile())
                        .setServerConfig("fsync", "off")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                Connection connection = server.getPostgresDatabase().getConnection()) {
            migrate(server);
            execute(connection, "create table witness as select 'before' as said");
            copyRunning(connection, data, copy);
            execute(connection, "insert into witness values ('after')");
            execute(connection, "drop table workspaces cascade");
        }

        try (EmbeddedPostgres restored = EmbeddedPostgres.builder()
                        .setDataDirectory(copy)
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(folder.resolve("work").toFile())
                        .setServerConfig("fsync", "off")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                Connection connection = restored.getPostgresDatabase().getConnection()) {
            assertThat(text(connection, "select string_agg(said, ',') from witness"))
                    .isEqualTo("before");
            assertThat(text(connection, "select count(*) from workspaces where name = 'default'"))
                    .isEqualTo("1");
            assertThat(migrate(restored)).as("migrations that were missing").isZero();
        }
    }

    /** As a base backup does: the server is told, its files are copied while it runs, and it says what makes them whole. */
    private static void copyRunning(Connection connection, Path from, Path to) throws IOException, SQLException {
        text(connection, "select pg_backup_start('copy', true)");
        copyFiles(from, to);
        String label = text(connection, "select labelfile from pg_backup_stop(false)");
        copyFiles(from.resolve("pg_wal"), to.resolve("pg_wal"));
        Files.writeString(to.resolve("backup_label"), label);
        for (String ofTheRunning : new String[] {"postmaster.pid", "postmaster.opts", "epg-lock"}) {
            Files.deleteIfExists(to.resolve(ofTheRunning));
        }
        to.toFile().setReadable(false, false);
        to.toFile().setExecutable(false, false);
        assertThat(to.toFile().setReadable(true, true) && to.toFile().setExecutable(true, true))
                .isTrue();
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    copyFile(file, target);
                }
            }
        } catch (UncheckedIOException changedUnderWay) {
            if (!(changedUnderWay.getCause() instanceof NoSuchFileException)) {
                throw changedUnderWay.getCause();
            }
            copyFiles(from, to); // One went while they were listed.
        }
    }

    /** A running server removes files; what it needs of them is in the write-ahead log. */
    private static void copyFile(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(target);
        }
    }

    private static int migrate(EmbeddedPostgres server) {
        return Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return String.valueOf(rows.getString(1));
        }
    }
}
