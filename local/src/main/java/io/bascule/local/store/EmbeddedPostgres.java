package io.bascule.local.store;

import io.bascule.local.process.Listening;
import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.Probe;
import io.bascule.local.process.Program;
import io.bascule.local.process.Program.Ending;
import io.bascule.local.secret.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The PostgreSQL of the local platform: one server with the platform's database and a small one to try tunnels on. */
public final class EmbeddedPostgres {

    private static final String NAME = "postgres";
    /** Asks it to end without waiting for the sessions of others. */
    private static final Ending FAST = new Ending("INT", Duration.ofSeconds(20));

    private final Path apps;
    private final Path data;
    private final int port;
    private final SecretFiles secrets;
    private final Unprivileged unprivileged = Unprivileged.find();

    public EmbeddedPostgres(Path apps, Path data, int port, SecretFiles secrets) {
        this.apps = apps;
        this.data = data;
        this.port = port;
        this.secrets = secrets;
    }

    /**
     * Makes the data folder where there is none yet.
     *
     * @param run runs a program to its end
     */
    public void initialise(Durability durability, Consumer<Program> run) {
        if (Files.exists(data)) {
            return;
        }
        Path unfinished = data.resolveSibling("postgres.new");
        Path password = unfinished.resolve("password");
        Path folder = unfinished.resolve("data");
        try {
            StoreFiles.deleteAll(unfinished);
            Files.createDirectories(unfinished);
            Files.copy(secrets.passwordFile(NAME), password, StandardCopyOption.COPY_ATTRIBUTES);
            unprivileged.give(unfinished);
            run.accept(initdb(folder, password, durability));
            Files.move(folder, data, StandardCopyOption.ATOMIC_MOVE);
            StoreFiles.deleteAll(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program initdb(Path folder, Path password, Durability durability) {
        return program(
                "initdb",
                Listening.NOWHERE,
                Ending.DRAIN,
                List.of(
                        bin("initdb"),
                        "--pgdata=" + folder,
                        "--username=" + NAME,
                        "--auth=scram-sha-256",
                        "--pwfile=" + password,
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        durability == Durability.SURVIVES ? "--sync-method=fsync" : "--no-sync",
                        "--no-instructions"));
    }

    /** The server itself. */
    public Program server(Durability durability) {
        List<String> command = new ArrayList<>(List.of(bin("postgres"), "-D", data.toString()));
        Map<String, String> settings = Map.of(
                "port", Integer.toString(port),
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "shared_buffers", "32MB",
                "max_connections", "150",
                "io_method", "sync",
                "jit", "off",
                "log_timezone", "UTC",
                "fsync", durability == Durability.SURVIVES ? "on" : "off");
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return program(NAME, Listening.tcp(port), FAST, command);
    }

    private Program program(String name, Listening listening, Ending ending, List<String> command) {
        return new Program(name, unprivileged.command(command), Map.of(), apps, listening, ending);
    }

    private String bin(String program) {
        return PostgresBinaries.unpack(apps).resolve("bin").resolve(program).toString();
    }

    /** Ready once it answers a session. */
    public Probe probe() {
        return () -> {
            try (Connection connection = administrator(NAME).connect()) {
                return connection.isValid(2);
            } catch (SQLException _) {
                return false;
            }
        };
    }

    /** Makes the roles and databases that are missing. */
    public void prepare() {
        try (Connection connection = administrator(NAME).connect()) {
            new DatabaseSetup(connection).ensure(bascule());
            new DatabaseSetup(connection).ensure(demo());
        } catch (SQLException e) {
            throw new LocalFailure(
                    "PostgreSQL does not let its owner in (%s): its data and .bascule/secrets do not belong together; "
                                    .formatted(e.getMessage())
                            + "restore them or begin anew with --reset",
                    e);
        }
        try (Connection connection = administrator(demo().name()).connect()) {
            new DatabaseSetup(connection).fillDemo(demo());
        } catch (SQLException e) {
            throw new LocalFailure("The demo database cannot be filled: " + e.getMessage(), e);
        }
    }

    private Database administrator(String database) {
        return new Database(port, database, NAME, secrets.password(NAME));
    }

    /** What the services use. */
    public Database bascule() {
        return new Database(port, "bascule", "bascule", secrets.password("bascule-database"));
    }

    /** What the demo resource {@code postgres} leads to: may be read only. */
    public Database demo() {
        return new Database(port, "demo", "demo", secrets.password("demo-database"));
    }
}
