package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Query;
import tools.jackson.databind.JsonNode;

/** Runs one statement in one transaction on a connection of its own. */
final class StatementRun {

    private static final int MOST_ROWS_A_FETCH = 50;

    private final SqlQuery query;
    private final TaskTunnel tunnel;
    private volatile @Nullable Integer backend;

    StatementRun(SqlQuery query, TaskTunnel tunnel) {
        this.query = query;
        this.tunnel = tunnel;
    }

    /** The server's process that works for it, once there is one. */
    Optional<Integer> backend() {
        return Optional.ofNullable(backend);
    }

    /** Blocks until the statement has ended and its transaction with it. */
    JsonNode run() throws SQLException, TaskFailure {
        try (Connection connection =
                SqlServer.connect(tunnel, query.login(), query.bounds().time())) {
            connection.setAutoCommit(false);
            connection.setReadOnly(query.readOnly());
            backend = begin(connection);
            require(connection);
            JsonNode answer = answer(connection);
            end(connection);
            return answer;
        }
    }

    /**
     * The transaction's first statement. It takes the transaction's snapshot, after which PostgreSQL lets nobody turn a
     * read-only transaction into another one.
     */
    private int begin(Connection connection) throws SQLException {
        String sql =
                "select pg_backend_pid(), set_config('statement_timeout', ?, true), set_config('TimeZone', 'UTC', true),"
                        + " set_config('client_min_messages', 'error', true)";
        try (PreparedStatement settings = connection.prepareStatement(sql)) {
            settings.setString(
                    1, Long.toString(Math.max(1, query.bounds().time().toMillis())));
            try (ResultSet row = settings.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * As the driver reads it. It would send several statements one by one, of which one could end the transaction; what it
     * takes for one goes as one, and the server refuses more in it.
     */
    private void require(Connection connection) throws SQLException, TaskFailure {
        Query read = connection.unwrap(BaseConnection.class).createQuery(query.statement(), true, true).query;
        if (read.getSubqueries() != null) {
            throw TaskFailure.forGood(
                    "several-statements",
                    "Send one statement; several take a task each, or a function of the database");
        }
        int places = read.createParameterList().getParameterCount();
        if (places != query.parameters().size()) {
            throw TaskFailure.forGood(
                    "parameters-mismatch",
                    "The statement has %d places (?) and there are %d parameters; a question mark that is none is written ??"
                            .formatted(places, query.parameters().size()));
        }
    }

    private JsonNode answer(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query.statement())) {
            for (int index = 0; index < query.parameters().size(); index++) {
                statement.setObject(index + 1, query.parameters().get(index), Types.OTHER);
            }
            int rows = query.bounds().rows() + 1;
            statement.setMaxRows(rows);
            statement.setFetchSize(Math.min(rows, MOST_ROWS_A_FETCH));
            if (!statement.execute()) {
                return SqlAnswer.changed(statement.getUpdateCount());
            }
            try (ResultSet found = statement.getResultSet()) {
                return SqlAnswer.read(found, query.bounds());
            }
        }
    }

    private void end(Connection connection) throws SQLException, TaskFailure {
        if (query.readOnly()) {
            connection.rollback();
            return;
        }
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (ExplainSql.lostConnection(failure)) {
                throw TaskFailure.forGood(
                        "sql-outcome-unknown",
                        "The connection broke while the change was being committed: look whether it was made");
            }
            throw failure;
        }
    }
}
