package io.bascule.runner.jobs;

/**
 * One call of a function.
 *
 * @param id chosen by the caller, unique among the jobs that run
 * @param function the name it is known by
 * @param source JavaScript
 * @param input one JSON value
 */
public record Job(String id, String function, int version, String source, String input, JobLimits limits) {}
