package io.bascule.tasks.log;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a line stands in its task's log: the attempt that said it and its number there, both from 1. Its text, such as
 * {@code 2-17}, is the line's id wherever the log is kept or sent.
 */
public record LogPosition(int attempt, long line) implements Comparable<LogPosition> {

    /** Before every line. */
    public static final LogPosition START = new LogPosition(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");
    private static final Comparator<LogPosition> ORDER =
            Comparator.comparingInt(LogPosition::attempt).thenComparingLong(LogPosition::line);

    /** Reads what {@link #toString()} wrote; empty if it is something else. */
    public static Optional<LogPosition> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new LogPosition(Integer.parseInt(parts.group(1)), Long.parseLong(parts.group(2))))
                : Optional.empty();
    }

    public boolean isAfter(LogPosition other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(LogPosition other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return attempt + "-" + line;
    }
}
