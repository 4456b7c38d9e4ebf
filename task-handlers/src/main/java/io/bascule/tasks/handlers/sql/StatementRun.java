package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs one statement in one transaction on a connection of its own. */
final class StatementRun {

    private final SqlServer server;
    private final SqlQuery query;
    private final TaskTunnel tunnel;
    private volatile @Nullable Long session;

    StatementRun(SqlServer server, SqlQuery query, TaskTunnel tunnel) {
        this.server = server;
        this.query = query;
        this.tunnel = tunnel;
    }

    /** The server's number of the connection that works for it, once there is one. */
    Optional<Long> session() {
        return Optional.ofNullable(session);
    }

    /** Blocks until the statement has ended and its transaction with it. */
    JsonNode run() throws SQLException, TaskFailure {
        try (Connection connection =
                server.connect(tunnel, query.login(), query.bounds().time())) {
            session = server.begin(connection, query);
            JsonNode answer = answer(connection);
            end(connection);
            return answer;
        }
    }

    private JsonNode answer(Connection connection) throws SQLException, TaskFailure {
        try {
            return read(connection);
        } catch (SQLException failure) {
            if (!query.readOnly() && server.mayHaveCommitted(failure, query)) {
                throw TaskFailure.forGood(
                        "sql-outcome-unknown",
                        "The statement was cut off, and is one that could have committed by itself what it had done: look whether its"
                                + " change was made (%s)"
                                        .formatted(server.explain(failure, query)
                                                .error()
                                                .message()));
            }
            throw failure;
        }
    }

    /** What is left behind is not closed by itself, for which a driver would read it to its end. */
    private JsonNode read(Connection connection) throws SQLException, TaskFailure {
        Statement executed = server.execute(connection, query);
        ResultSet found = executed.getResultSet();
        if (found == null) {
            return SqlAnswer.changed(server, executed);
        }
        JsonNode answer = SqlAnswer.read(server, found, query.bounds());
        if (query.readOnly() && answer.path("truncated").asBoolean()) {
            server.leave(connection);
        } else {
            executed.close();
        }
        return answer;
    }

    private void end(Connection connection) throws SQLException, TaskFailure {
        if (connection.isClosed()) {
            return;
        }
        if (query.readOnly()) {
            connection.rollback();
            return;
        }
        try {
            connection.commit();
        } catch (SQLException failure) {
            if (SqlServer.lost(failure)) {
                throw TaskFailure.forGood(
                        "sql-outcome-unknown",
                        "The connection broke while the change was being committed: look whether it was made");
            }
            throw failure;
        }
    }
}
