package io.bascule.tasks.log;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Decides what of an attempt's log is kept: its beginning, up to the limits, and its last lines. Not safe for use by several
 * threads.
 */
final class KeptPart {

    /** A longer one is not worth cleaning when it will most likely be left out. */
    private static final int LONGEST_LATE_LINE = 32_768;

    private final LogLimits limits;
    private final Deque<Late> last = new ArrayDeque<>();
    private int lines;
    private int bytes;
    private long late;
    private boolean full;

    KeptPart(LogLimits limits) {
        this.limits = limits;
    }

    /** Whether the beginning is complete: only the last lines count from now on. */
    boolean isFull() {
        return full;
    }

    /** Whether a line of so many bytes belongs to the beginning; after the first that does not, none does. */
    boolean takes(int lineBytes) {
        full |= lines >= limits.lines() || bytes + lineBytes > limits.bytes();
        if (!full) {
            lines++;
            bytes += lineBytes;
        }
        return !full;
    }

    /** A line after the beginning; kept while it is among the last. */
    void late(Instant time, LogLevel level, String raw) {
        late++;
        last.addLast(new Late(time, level, raw.length() > LONGEST_LATE_LINE ? tooLong(raw) : raw));
        if (last.size() > limits.lastLines()) {
            last.removeFirst();
        }
    }

    /** How many lines came after the beginning. */
    long lateLines() {
        return late;
    }

    /** How many lines are neither in the beginning nor among the last. */
    long leftOut() {
        return late - last.size();
    }

    List<Late> last() {
        return List.copyOf(last);
    }

    private static String tooLong(String raw) {
        return "(a line of %,d characters)".formatted(raw.length());
    }

    /** @param text not cleaned yet */
    record Late(Instant time, LogLevel level, String text) {}
}
