package io.bascule.tasks.log;

import java.time.Instant;
import java.util.List;

/**
 * The logs of tasks while they run and for a while after. Implementations are shared by all pods and safe for use by many
 * threads; every method throws {@link LogsAwayException} when the store does not answer in time.
 */
public interface LogStore extends AutoCloseable {

    /**
     * Adds lines to a log, in order. A line whose position is not after the last one stored is passed over: so a repeated
     * call adds nothing twice, and an attempt that was lost cannot speak behind its successor.
     */
    void append(LogKey log, List<LogLine> lines);

    /** The first lines after a position, at most so many, in order; none when there is no log. */
    List<LogLine> read(LogKey log, LogPosition after, int most);

    /**
     * Logs that are open (were written to and not archived) and that nobody wrote to or looked at since a moment, those first
     * that were untouched for longest.
     */
    List<OpenLog> open(Instant untouchedSince, int most);

    /** The task goes on: its log stays open, and is not looked at again for a while. */
    void looked(OpenLog log, Instant now);

    /** The log is open no more unless it was written to meanwhile, and goes away soon. */
    void archived(OpenLog log);

    @Override
    void close();

    /** @param touched when it was written to or looked at last, in the store's own measure */
    record OpenLog(LogKey key, long touched) {}
}
