package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.LimitKeeper;
import java.time.Duration;

/**
 * A job that has ended, and what it used.
 *
 * @param cpu of its process, the start left out
 * @param peakMemoryBytes of its process
 * @param logBytes that were passed on
 * @param keeper who kept it within its memory and threads
 */
public record JobReport(
        JobOutcome outcome, Duration wall, Duration cpu, long peakMemoryBytes, int logBytes, LimitKeeper keeper) {}
