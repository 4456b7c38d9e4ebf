package io.bascule.schema;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The migration program: exit code 0 when the schema is as this release needs it, else one line that says why not. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description = "Bring the database's schema up to date. The database is named by BASCULE_DATABASE_URL, "
                + "BASCULE_DATABASE_USERNAME and BASCULE_DATABASE_PASSWORD.")
public final class Migrate implements Callable<Integer> {

    private static final int FAILED = 1;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    @Option(names = "--info", description = "Only show which migrations there are and which have run.")
    private boolean info;

    @Option(names = "--migrate", description = "Run what has not run yet; what is done when nothing is asked for.")
    private boolean migrate;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for the database (${DEFAULT-VALUE}).")
    private int wait;

    Migrate(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs the program and exits with its code. */
    public static void main(String[] arguments) {
        Migrate program = new Migrate(System.getenv(), System.out, System.err);
        System.exit(new CommandLine(program).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            Database database = Database.from(environment);
            new DatabaseWait(database, InstantSource.system()).await(Duration.ofSeconds(wait));
            Flyway flyway = Flyway.configure(Migrate.class.getClassLoader())
                    .dataSource(database.url(), database.username(), database.password())
                    .load();
            if (info) {
                Arrays.stream(flyway.info().all()).map(Migrate::describe).forEach(out::println);
            }
            if (migrate || !info) {
                var result = flyway.migrate();
                out.println("The schema is at version %s; %d migrations were run"
                        .formatted(flyway.info().getInfoResult().schemaVersion, result.migrationsExecuted));
            }
            return 0;
        } catch (IllegalArgumentException | DatabaseWait.Away | FlywayException e) {
            err.println("error: " + e.getMessage());
            return FAILED;
        }
    }

    private static String describe(MigrationInfo migration) {
        return "%-8s %-40s %s"
                .formatted(
                        migration.getVersion(),
                        migration.getDescription(),
                        migration.getState().getDisplayName());
    }
}
