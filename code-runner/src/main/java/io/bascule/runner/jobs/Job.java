package io.bascule.runner.jobs;

/**
 * One call of a function.
 *
 * @param id chosen by the caller, unique among the jobs that run
 * @param input one JSON value
 */
public record Job(String id, Code code, String input, JobLimits limits) {}
