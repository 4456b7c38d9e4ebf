package io.bascule.local.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Roles and databases; everything can be repeated. Names and passwords are our own: letters and digits. */
final class DatabaseSetup {

    private static final String DEMO_TABLE = """
            create table if not exists bridges (
                name text primary key,
                city text not null,
                opened integer not null,
                span_metres numeric not null
            )""";

    private static final String DEMO_ROWS = """
            insert into bridges values
                ('Tower Bridge', 'London', 1894, 61),
                ('Michigan Avenue Bridge', 'Chicago', 1920, 67),
                ('Erasmusbrug', 'Rotterdam', 1996, 89),
                ('Slauerhoffbrug', 'Leeuwarden', 2000, 15),
                ('Woodrow Wilson Bridge', 'Alexandria', 2008, 82)
            on conflict do nothing""";

    private final Connection connection;

    DatabaseSetup(Connection connection) {
        this.connection = connection;
    }

    void ensure(Database database) throws SQLException {
        if (!exists("select 1 from pg_roles where rolname = ?", database.username())) {
            execute("create role %s login".formatted(database.username()));
        }
        execute("alter role %s password '%s'".formatted(database.username(), database.password()));
        if (!exists("select 1 from pg_database where datname = ?", database.name())) {
            execute("create database %s owner %s".formatted(database.name(), owner(database)));
            execute("revoke all on database %s from public".formatted(database.name()));
            execute("grant connect on database %s to %s".formatted(database.name(), database.username()));
        }
    }

    /** The demo role reads what it does not own. */
    private static String owner(Database database) {
        return database.name().equals("demo") ? "postgres" : database.username();
    }

    void fillDemo(Database demo) throws SQLException {
        execute("alter role %s set default_transaction_read_only = on".formatted(demo.username()));
        execute(DEMO_TABLE);
        execute(DEMO_ROWS);
        execute("grant select on bridges to %s".formatted(demo.username()));
    }

    private boolean exists(String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
