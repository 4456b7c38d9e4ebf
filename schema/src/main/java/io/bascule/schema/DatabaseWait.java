package io.bascule.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;

/** Waits until the database lets us in: in a new installation it may start after this program. */
final class DatabaseWait {

    private static final Duration PAUSE = Duration.ofMillis(500);
    /** SQL states of class 28: it is there, and says no. Waiting does not help. */
    private static final String NOT_AUTHORISED = "28";

    private final Database database;
    private final InstantSource clock;

    DatabaseWait(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The database did not let us in. */
    static final class Away extends RuntimeException {

        Away(String message, SQLException cause) {
            super(message, cause);
        }
    }

    void await(Duration longest) {
        Instant latest = clock.instant().plus(longest);
        while (true) {
            try (Connection _ = connect()) {
                return;
            } catch (SQLException e) {
                if (isRefusal(e) || !clock.instant().isBefore(latest)) {
                    throw new Away(
                            "%s does not let %s in: %s".formatted(database.url(), database.username(), e.getMessage()),
                            e);
                }
                pause();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", database.username());
        properties.setProperty("password", database.password());
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(database.url(), properties);
    }

    private static boolean isRefusal(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith(NOT_AUTHORISED);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
