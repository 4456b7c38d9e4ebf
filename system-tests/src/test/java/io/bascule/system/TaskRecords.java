package io.bascule.system;

import static java.util.Objects.requireNonNull;

import io.bascule.system.TaskLedger.Ended;
import io.bascule.system.TaskLedger.Event;
import io.bascule.system.TaskLedger.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A look into the platform's database with the settings that its services have. */
record TaskRecords(String url, String username, String password) {

    private static final String EVENTS = """
            select subject, workspace_id, split_part(type, '.', 4) as kind, coalesce((data->>'attempt')::int, 0) as attempt
            from event_outbox where type like 'io.bascule.task.%' order by seq""";

    private static final String HISTORY =
            "select id, workspace_id, queue, concurrency_key, state, attempt, losses from task_history";

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
        List<Ended> ended = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        try (Connection connection = connect()) {
            ResultSet row = connection.createStatement().executeQuery(HISTORY);
            while (row.next()) {
                ended.add(new Ended(
                        row.getObject("id", UUID.class),
                        row.getObject("workspace_id", UUID.class),
                        row.getString("queue"),
                        row.getString("concurrency_key"),
                        row.getString("state"),
                        row.getInt("attempt"),
                        row.getInt("losses")));
            }
            row = connection.createStatement().executeQuery(EVENTS);
            while (row.next()) {
                events.add(new Event(
                        UUID.fromString(row.getString("subject")),
                        row.getObject("workspace_id", UUID.class),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getInt("attempt")));
            }
        }
        return new TaskLedger(accepted, ended, events);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }
}
