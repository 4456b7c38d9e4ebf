package io.bascule.bridge.reports;

/** Where reports go. */
interface ReportReceiver {

    /**
     * Delivers a report and waits for the answer.
     *
     * @throws UndeliveredReportException if there was none; the report may have arrived all the same
     */
    Answer deliver(Report report) throws UndeliveredReportException;
}
