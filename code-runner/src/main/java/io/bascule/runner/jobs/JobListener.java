package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.LimitKeeper;
import java.time.Duration;

/** Hears of one job while it runs, from several threads. */
public interface JobListener {

    /** There is a process for it, that had been waiting if {@code warm}; {@code keeper} keeps it within its memory and threads. */
    void started(boolean warm, LimitKeeper keeper);

    /** It says that it is that far, 0 to 100; never less than before, and not more often than a reader bears. */
    void progressed(int percent, String message);

    void logged(LogLevel level, Duration after, String text);

    /** It asks for a connection to a resource, one of its list, and may have ended by now. */
    void resourceWanted(String connection, String resource);
}
