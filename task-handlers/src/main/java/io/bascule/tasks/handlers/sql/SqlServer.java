package io.bascule.tasks.handlers.sql;

import io.bascule.tasks.handlers.sql.SqlQuery.Login;
import io.bascule.tasks.handlers.tunnel.TaskTunnel;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A kind of database server: what differs between them in how one statement is run. Implementations hold no state and are used by
 * many threads; a connection that they make is used by one. None may trust what a server sends, and none may let a statement
 * that is to read only change anything.
 */
public interface SqlServer {

    /** The kinds of resources that such servers are behind. */
    Set<String> kinds();

    /** @param time for what is going to be asked; a server that is silent for longer has gone */
    Connection connect(TaskTunnel tunnel, Login login, Duration time) throws SQLException;

    /**
     * Begins the statement's transaction, bound as the query says.
     *
     * @return the server's number of this connection, for {@link #cancel}
     * @throws TaskFailure when the statement is one that cannot be run so
     */
    long begin(Connection connection, SqlQuery query) throws SQLException, TaskFailure;

    /**
     * Runs the statement, with its parameters apart from it. It has rows, or a count of those that it changed.
     *
     * @throws TaskFailure when it is not one statement, or its parameters are not as many as its places
     */
    Statement execute(Connection connection, SqlQuery query) throws SQLException, TaskFailure;

    /** A field of a row in the form that docs/tasks.md gives for its type. */
    JsonNode value(ResultSet found, int column, String type) throws SQLException;

    /** The key that the server made for what was added, as a text, where it tells one without being asked. */
    default Optional<String> madeKey(Statement executed) throws SQLException {
        return Optional.empty();
    }

    /** Gives up the rest of an answer, where to read it to its end would take as long as there is more of it. */
    void leave(Connection connection) throws SQLException;

    /** Has the server stop what another connection of the same user runs. */
    void cancel(Connection connection, long other) throws SQLException;

    /** How long after a statement's time its end is awaited, until the server is asked to stop it. */
    Duration grace();

    /** What the server refused, in words that say what to change, and whether trying again can help. */
    TaskFailure explain(SQLException failure, SqlQuery query);

    /**
     * Whether a statement that may change data could have changed some for good, although it failed so and its transaction was never committed:
     * where the server was lost or stopped it, and it could have committed by itself.
     */
    default boolean mayHaveCommitted(SQLException failure, SqlQuery query) {
        return false;
    }

    /** Whether the line to the server broke, so that nothing is known of what it did. */
    static boolean lost(SQLException failure) {
        return failure.getSQLState() == null || failure.getSQLState().startsWith("08");
    }
}
