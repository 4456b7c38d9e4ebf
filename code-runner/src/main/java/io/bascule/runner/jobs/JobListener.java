package io.bascule.runner.jobs;

import java.time.Duration;

/** Hears of one job while it runs. Calls come one at a time. */
public interface JobListener {

    /** Its process has the function; {@code warm} if the process had been waiting. */
    void started(boolean warm);

    /** It says that it is that far, 0 to 100; never less than before, and not more often than a reader bears. */
    void progressed(int percent, String message);

    void logged(LogLevel level, Duration after, String text);
}
