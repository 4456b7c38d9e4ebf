package io.bascule.bridge.reports;

/** The API did not answer a report, or refused it. */
final class UndeliveredReportException extends Exception {

    UndeliveredReportException(String message, Throwable cause) {
        super(message, cause);
    }
}
