package io.bascule.runner.jobs;

import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;

/**
 * How far one job may go.
 *
 * @param wallTime from handing the job to its process until its result
 * @param cpuTime of all its threads, the start of the process left out
 * @param memory resident, the runtime included
 * @param outputBytes of the result as JSON
 * @param logBytes of everything it logs or prints
 */
public record JobLimits(Duration wallTime, Duration cpuTime, MemorySize memory, int outputBytes, int logBytes) {}
