package io.bascule.tasks.log;

import org.springframework.dao.DataAccessResourceFailureException;

/** The store of the logs does not answer; trying again later may help. */
public final class LogsAwayException extends DataAccessResourceFailureException {

    LogsAwayException(String message, Throwable cause) {
        super(message, cause);
    }

    LogsAwayException(String message) {
        super(message);
    }
}
