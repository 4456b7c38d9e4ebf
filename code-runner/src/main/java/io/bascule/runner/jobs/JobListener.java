package io.bascule.runner.jobs;

import java.time.Duration;

/** Hears of one job while it runs. Calls come one at a time. */
public interface JobListener {

    /** Its process has the function; {@code warm} if the process had been waiting. */
    void started(boolean warm);

    void logged(LogLevel level, Duration after, String text);
}
