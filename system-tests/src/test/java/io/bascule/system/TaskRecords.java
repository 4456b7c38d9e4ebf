package io.bascule.system;

import static java.util.Objects.requireNonNull;

import io.bascule.testsupport.TaskLedger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A look into the platform's database with the settings that its services have. */
record TaskRecords(String url, String username, String password) {

    static TaskRecords of(Map<String, String> settings) {
        return new TaskRecords(
                requireNonNull(settings.get("SPRING_DATASOURCE_URL")),
                requireNonNull(settings.get("SPRING_DATASOURCE_USERNAME")),
                requireNonNull(settings.get("SPRING_DATASOURCE_PASSWORD")));
    }

    /** Minus one while the database cannot be asked. */
    long count(String from) {
        try (Connection connection = connect();
                ResultSet row = connection.createStatement().executeQuery("select count(*) from " + from)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException away) {
            return -1;
        }
    }

    TaskLedger ledger(Set<UUID> accepted) throws SQLException {
        try (Connection connection = connect()) {
            return TaskLedger.read(connection, accepted);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }
}
