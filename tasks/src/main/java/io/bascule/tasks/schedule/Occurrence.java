package io.bascule.tasks.schedule;

import java.time.Instant;

/**
 * One of a schedule's times.
 *
 * @param at by the expression or the interval
 * @param runAt when its task is submitted: then, or later by the jitter
 */
public record Occurrence(Instant at, Instant runAt) {}
