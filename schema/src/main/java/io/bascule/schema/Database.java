package io.bascule.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * Which database, as whom.
 *
 * @param url a JDBC URL
 * @param password null where the server asks for none
 */
record Database(String url, String username, @Nullable String password) {

    private static final String URL = "BASCULE_DATABASE_URL";
    private static final String USERNAME = "BASCULE_DATABASE_USERNAME";
    private static final String PASSWORD = "BASCULE_DATABASE_PASSWORD";
    private static final String CONNECT_SECONDS = "5";
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(1);

    static Database of(Map<String, String> environment) {
        String url = environment.get(URL);
        String username = environment.get(USERNAME);
        if (url == null || url.isBlank()) {
            throw new DatabaseUnusable(URL + " is not set; set it to jdbc:postgresql://host:5432/name");
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new DatabaseUnusable(URL + " is not a PostgreSQL URL (expected: jdbc:postgresql://host:5432/name)");
        }
        if (username == null || username.isBlank()) {
            throw new DatabaseUnusable(USERNAME + " is not set; set it to the role that owns the schema");
        }
        return new Database(url, username, environment.get(PASSWORD));
    }

    /** Where it is, without what may be secret in a URL. */
    String place() {
        return url.split("\\?", 2)[0];
    }

    /** Connects once and lets go. */
    void check() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        if (password != null) {
            properties.setProperty("password", password);
        }
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            connection.isValid(5);
        }
    }

    /**
     * Its migrations wait no longer than this for a lock: behind one that waits for a table all others wait who only read it, too.
     */
    Flyway flyway() {
        return Flyway.configure()
                .dataSource(url, username, password)
                .initSql("set lock_timeout = '%d ms'".formatted(LONGEST_LOCK.toMillis()))
                .validateMigrationNaming(true)
                .load();
    }

    @Override
    public String toString() {
        return username + " at " + place();
    }
}
