package io.bascule.tasks.log;

/**
 * How much of an attempt's log is kept.
 *
 * @param lines from its beginning
 * @param bytes of those lines, UTF-8
 * @param lastLines of what comes after them, kept at the attempt's end
 * @param lineBytes of one line, UTF-8; the rest of it is cut
 * @param bufferedLines that wait to be written; a handler that is ahead of the store by more waits
 * @param bufferedBytes of those, UTF-8
 */
public record LogLimits(int lines, int bytes, int lastLines, int lineBytes, int bufferedLines, int bufferedBytes) {

    public static final LogLimits DEFAULT = new LogLimits(10_000, 1 << 20, 100, 8_192, 1_000, 128 * 1_024);
}
