package io.bascule.tasks.handlers.sql.postgres;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import io.bascule.tasks.handlers.sql.SqlQuery;
import io.bascule.tasks.handlers.sql.SqlServer;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says what a server refused, and whether trying again can help. */
final class ExplainPostgreSql {

    private static final String CANCELED = "57014";
    private static final String READ_ONLY = "25006";
    private static final String REFUSED_LOGIN = "28000";
    private static final int LONGEST = 2_000;

    /** Serialization failure, deadlock, too many connections; the server stops, crashed or starts. */
    private static final Set<String> PASSING = Set.of("40001", "40P01", "53300", "57P01", "57P02", "57P03");

    private ExplainPostgreSql() {}

    static TaskFailure explain(SQLException failure, SqlQuery query) {
        String state = String.valueOf(failure.getSQLState());
        String said = said(failure);
        Optional<TaskFailure> misbehaved = ServerMisbehaved.in(failure);
        if (misbehaved.isPresent()) {
            return misbehaved.get();
        }
        if (said.contains("maxResultBuffer")) {
            return TaskFailure.forGood(
                    "row-too-large",
                    "The server sent more than %s at once; ask for smaller rows"
                            .formatted(PostgreSqlServer.LARGEST_FETCH));
        }
        if (SqlServer.lost(failure)) {
            return TaskFailure.retryable("connection-failed", said);
        }
        if (state.equals(CANCELED)) {
            return TaskFailure.retryable(
                    "statement-timeout",
                    "The server stopped the statement (SQLSTATE %s), which had %d s: %s"
                            .formatted(state, query.bounds().time().toSeconds(), said));
        }
        String message = "SQLSTATE %s: %s%s".formatted(state, said, advice(state, said));
        return PASSING.contains(state)
                ? TaskFailure.retryable("sqlstate-" + state, message)
                : TaskFailure.forGood("sqlstate-" + state, message);
    }

    private static String advice(String state, String said) {
        if (state.equals(READ_ONLY)) {
            return WRITE;
        }
        return state.equals(REFUSED_LOGIN) && (said.contains("no encryption") || said.contains("SSL")) ? TLS : "";
    }

    private static final String TLS =
            "; it may demand TLS: give \"tls\": {\"mode\": \"require\"}, or \"verify-full\" with a serverName, or let it take"
                    + " the agent's connections without";

    private static final String WRITE = "; give \"readOnly\": false if it shall change data";

    /** Without the detail, which quotes rows. */
    private static String said(SQLException failure) {
        @Nullable
        ServerErrorMessage error = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (error == null) {
            return String.valueOf(failure.getMessage());
        }
        String hint = error.getHint() == null ? "" : " (" + error.getHint() + ")";
        String place = error.getPosition() > 0 ? ", at character " + error.getPosition() : "";
        String said = error.getMessage() + place + hint;
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }
}
