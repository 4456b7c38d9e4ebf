package io.bascule.schema;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** Waits until a database takes connections, or lets go of what has to change, and says every few seconds that it still does. */
final class Waiting {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    /** Some seconds in which those go on who had to wait behind us. */
    private static final Duration BETWEEN_LOCKS = Duration.ofSeconds(4);

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String WRONG_CREDENTIALS = "28";
    private static final String NO_SUCH_DATABASE = "3D000";

    private final InstantSource clock;
    private final Pause pause;

    Waiting(InstantSource clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** Lets time pass. */
    interface Pause {
        void pause(Duration time) throws InterruptedException;
    }

    /** Ends when the database answers; throws {@link DatabaseUnusable} when it will not in time, or never would. */
    void until(Database database, Duration longest, PrintWriter progress) {
        Instant start = clock.instant();
        Instant nextLine = start;
        while (true) {
            SQLException failure = tryOnce(database);
            if (failure == null) {
                return;
            }
            refuseIfHopeless(database, failure);
            Instant now = clock.instant();
            if (Duration.between(start, now).compareTo(longest) >= 0) {
                throw new DatabaseUnusable(
                        "no database answered at %s within %d s (%s); start it, or correct BASCULE_DATABASE_URL"
                                .formatted(database.place(), longest.toSeconds(), firstLine(failure)));
            }
            if (!now.isBefore(nextLine)) {
                progress.printf(
                        "waiting for the database at %s (%d of %d s)%n",
                        database.place(), Duration.between(start, now).toSeconds(), longest.toSeconds());
                progress.flush();
                nextLine = now.plus(BETWEEN_LINES);
            }
            letPass(BETWEEN_TRIES);
        }
    }

    private static @Nullable SQLException tryOnce(Database database) {
        try {
            database.check();
            return null;
        } catch (SQLException failure) {
            return failure;
        }
    }

    private static void refuseIfHopeless(Database database, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.startsWith(WRONG_CREDENTIALS)) {
            throw new DatabaseUnusable(
                    "the database at %s refused the user %s; correct BASCULE_DATABASE_USERNAME or BASCULE_DATABASE_PASSWORD"
                            .formatted(database.place(), database.username()));
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            throw new DatabaseUnusable(
                    "the server at %s has no such database; create it, or correct BASCULE_DATABASE_URL"
                            .formatted(database.place()));
        }
    }

    /**
     * Migrates, again while that fails because somebody else holds a lock for long. What was applied by then stays, the
     * migration that failed has changed nothing.
     */
    <R> R forLocks(Supplier<R> migration, Duration longest, PrintWriter progress) {
        Instant start = clock.instant();
        while (true) {
            try {
                return migration.get();
            } catch (FlywayException failure) {
                if (!lacksALock(failure)) {
                    throw failure;
                }
                Duration waited = Duration.between(start, clock.instant());
                if (waited.compareTo(longest) >= 0) {
                    throw new DatabaseUnusable(
                            "others held what has to change for %d s; end the transactions that are open for long (pg_stat_activity), then run this again"
                                    .formatted(longest.toSeconds()));
                }
                progress.printf(
                        "waiting for others who hold what has to change (%d of %d s)%n",
                        waited.toSeconds(), longest.toSeconds());
                progress.flush();
            }
            letPass(BETWEEN_LOCKS);
        }
    }

    private static boolean lacksALock(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private void letPass(Duration time) {
        try {
            pause.pause(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DatabaseUnusable("stopped while waiting for the database");
        }
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
