package io.bascule.runner.jobs;

import io.bascule.runner.egress.EgressPolicy;

/**
 * One call of a function.
 *
 * @param id chosen by the caller, unique among the jobs that run
 * @param input one JSON value
 * @param egress what it may reach
 */
public record Job(String id, Code code, String input, JobLimits limits, EgressPolicy egress) {}
