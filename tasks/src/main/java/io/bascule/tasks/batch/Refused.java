package io.bascule.tasks.batch;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;

/** Tells data that the database will never take from a database that is away. */
public final class Refused {

    /** Of PostgreSQL's "program limit exceeded", such as JSON that is nested too deeply for its stack. */
    private static final String LIMIT_EXCEEDED = "54";

    private Refused() {}

    /** Whether trying again with the same data would fail again. */
    public static boolean isDataOf(@Nullable Throwable failure) {
        if (failure instanceof DataIntegrityViolationException) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refusal && refusal.getSQLState() != null) {
                return refusal.getSQLState().startsWith(LIMIT_EXCEEDED);
            }
        }
        return false;
    }
}
