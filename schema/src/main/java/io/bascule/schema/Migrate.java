package io.bascule.schema;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Brings a database to this version's schema: the migration job of a deployment. Waits for the database first. What goes
 * wrong ends it with exit code 1 and one line that says what to do.
 */
@Command(
        name = "bascule-migrate",
        description = "Brings the database to this version's schema.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Environment: BASCULE_DATABASE_URL (jdbc:postgresql://host:5432/name), BASCULE_DATABASE_USERNAME,",
            "BASCULE_DATABASE_PASSWORD. Connect to PostgreSQL itself, not through PgBouncer."
        })
public final class Migrate implements Callable<Integer> {

    private final Map<String, String> environment;
    private final Waiting waiting;

    @ArgGroup
    private @Nullable Mode mode;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = WaitTime.class,
            description =
                    "How long to wait for the database, and for others who hold what has to change, such as 60s or 5m"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration wait = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    Migrate(Map<String, String> environment, Waiting waiting) {
        this.environment = environment;
        this.waiting = waiting;
    }

    /** One of two things to do. */
    private static final class Mode {

        @Option(names = "--migrate", description = "Apply what is missing (the default).")
        private boolean migrate;

        @Option(names = "--info", description = "List the migrations and change nothing.")
        private boolean info;

        boolean changesNothing() {
            return info && !migrate;
        }
    }

    public static void main(String[] arguments) {
        Waiting waiting = new Waiting(InstantSource.system(), pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
        System.exit(commandLine(new Migrate(System.getenv(), waiting)).execute(arguments));
    }

    static CommandLine commandLine(Migrate migrate) {
        return new CommandLine(migrate).setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("bascule-migrate: " + line(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Override
    public Integer call() {
        Database database = Database.of(environment);
        waiting.until(database, wait, err());
        Flyway flyway = database.flyway();
        if (mode != null && mode.changesNothing()) {
            list(flyway);
        } else {
            migrate(flyway);
        }
        return CommandLine.ExitCode.OK;
    }

    private void list(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            out().printf(
                            "%-6s %-12s %s%n",
                            migration.getVersion(),
                            migration.getState().getDisplayName().toLowerCase(Locale.ROOT),
                            migration.getDescription());
        }
    }

    private void migrate(Flyway flyway) {
        MigrateResult result = waiting.forLocks(flyway::migrate, wait, err());
        if (result.migrationsExecuted == 0) {
            out().printf("The schema is up to date (version %s).%n", result.initialSchemaVersion);
        } else {
            out().printf(
                            "The schema is now at version %s; %d applied.%n",
                            result.targetSchemaVersion, result.migrationsExecuted);
        }
    }

    private static String line(Exception failure) {
        if (failure instanceof DatabaseUnusable unusable) {
            return String.valueOf(unusable.getMessage());
        }
        String reason = String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
        return failure instanceof FlywayException
                ? "the schema was left as it was: " + reason + " Run --info to see which migrations are applied."
                : reason;
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("run through commandLine(…)");
        }
        return spec.commandLine();
    }
}
