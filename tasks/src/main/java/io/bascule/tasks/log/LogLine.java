package io.bascule.tasks.log;

import java.time.Instant;

/**
 * One line of a task's log.
 *
 * @param time by the worker's clock
 * @param text at most {@link LogLimits#lineBytes()} of UTF-8; no line break, no control character
 */
public record LogLine(LogPosition at, Instant time, LogLevel level, String text) {}
