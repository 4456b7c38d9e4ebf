package io.bascule.tasks.handlers.sql.mysql;

import io.bascule.tasks.handlers.sql.ServerMisbehaved;
import io.bascule.tasks.handlers.sql.SqlQuery;
import io.bascule.tasks.handlers.sql.SqlServer;
import io.bascule.tasks.worker.TaskFailure;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what a server refused, and whether trying again can help. */
final class ExplainMySql {

    private static final int LONGEST = 2_000;
    private static final int REFUSED_LOGIN = 1045;
    private static final int SYNTAX = 1064;
    private static final int WRONG_PARAMETERS = 1210;
    private static final int READ_ONLY = 1792;
    private static final int DEMANDS_TLS = 3159;

    /** Stopped by somebody, or by the time that it was given (MariaDB, MySQL). */
    private static final Set<Integer> STOPPED = Set.of(1317, 1969, 3024);

    /** Too many connections (1040, 1203, 1226), shutting down, waited too long for a lock, deadlock, changed meanwhile. */
    private static final Set<Integer> PASSING = Set.of(1040, 1053, 1203, 1205, 1213, 1226, 1020);

    /** The line is still there to say so: nothing that was asked was done. */
    private static final Set<Integer> REFUSED_BEFORE = Set.of(1040, 1053, 1203);

    /** Of a message, which can be a packet's length; looking for values in it takes the square of its own. */
    private static final int LOOKED_AT = 4096;

    private static final Pattern CONNECTION = Pattern.compile("^(?:\\(conn=-?\\d{1,20}\\) ){1,8}+");

    /** Values of rows, which servers quote: a duplicate, or one that does not fit its column; up to the end where none is seen. */
    private static final Pattern QUOTED_ROW =
            Pattern.compile("(Duplicate entry|value:?) '(?:.*'(?= for |$)|.*+)", Pattern.DOTALL);

    /** Where a message was cut, its last quote may be one in a value. */
    private static final Pattern CUT_ROW = Pattern.compile("(Duplicate entry|value:?) '.*+", Pattern.DOTALL);

    private ExplainMySql() {}

    /** Whether a statement ended before its end, by the loss of the line or because it was stopped. */
    static boolean cutOff(SQLException failure) {
        return ServerMisbehaved.in(failure).isEmpty()
                && (SqlServer.lost(failure) || STOPPED.contains(failure.getErrorCode()));
    }

    static TaskFailure explain(SQLException failure, SqlQuery query) {
        Optional<TaskFailure> misbehaved = ServerMisbehaved.in(failure);
        if (misbehaved.isPresent()) {
            return misbehaved.get();
        }
        String said = said(failure);
        int error = failure.getErrorCode();
        Optional<TaskFailure> login = login(said);
        if (login.isPresent()) {
            return login.get();
        }
        if (SqlServer.lost(failure) && !REFUSED_BEFORE.contains(error)) {
            return TaskFailure.retryable("connection-failed", said);
        }
        String state = String.valueOf(failure.getSQLState());
        if (STOPPED.contains(error)) {
            return TaskFailure.retryable(
                    "statement-timeout",
                    "The server stopped the statement (error %d), which had %d s: %s"
                            .formatted(error, query.bounds().time().toSeconds(), said));
        }
        if (error == WRONG_PARAMETERS) {
            return TaskFailure.forGood(
                    "parameters-mismatch",
                    "There are %d parameters, and the statement has not as many places (?)"
                            .formatted(query.parameters().size()));
        }
        String message = "SQLSTATE %s (error %d): %s%s".formatted(state, error, said, advice(error, said, query));
        return PASSING.contains(error)
                ? TaskFailure.retryable("sqlstate-" + state, message)
                : TaskFailure.forGood("sqlstate-" + state, message);
    }

    /** What the driver itself refuses before the password is told. */
    private static Optional<TaskFailure> login(String said) {
        if (said.contains("RSA public key is not available")) {
            return Optional.of(TaskFailure.forGood(
                    "login-needs-tls",
                    "The server wants the password itself (caching_sha2_password, when it has not seen the user for a while),"
                            + " which is told over TLS only" + TLS));
        }
        if (said.contains("ssl not enabled in the server")) {
            return Optional.of(TaskFailure.forGood(
                    "tls-failed", "The server does not speak TLS (let it: ssl_cert and ssl_key; or leave out tls)"));
        }
        if (said.contains("restrict authentication plugin")) {
            return Optional.of(TaskFailure.forGood(
                    "login-not-supported",
                    "The server asks for a login that would tell it the password, or that is not known here: " + said));
        }
        return Optional.empty();
    }

    private static final String TLS =
            "; give \"tls\": {\"mode\": \"verify-full\"} with a serverName, or \"require\", which takes any server";

    private static String advice(int error, String said, SqlQuery query) {
        return switch (error) {
            case READ_ONLY -> "; give \"readOnly\": false if it shall change data";
            case DEMANDS_TLS -> TLS;
            case REFUSED_LOGIN ->
                query.login().tls() == null
                        ? "; look at user and password, and whether the server demands TLS of this user (\"tls\")"
                        : "; look at user and password";
            case SYNTAX ->
                query.statement().contains(";") && said.contains("syntax")
                        ? "; a task has one statement, several take a task each"
                        : "";
            default -> "";
        };
    }

    private static String said(SQLException failure) {
        String all = String.valueOf(failure.getMessage());
        String start = all.substring(0, Math.min(all.length(), LOOKED_AT));
        String said = CONNECTION.matcher(start).replaceFirst("");
        said = (all.length() > LOOKED_AT ? CUT_ROW : QUOTED_ROW).matcher(said).replaceAll("$1 '…'");
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }
}
