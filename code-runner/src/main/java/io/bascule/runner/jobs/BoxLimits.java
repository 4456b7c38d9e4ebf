package io.bascule.runner.jobs;

/** Limits that are the runner's and the same for every job. */
record BoxLimits(int threads, int files, long diskBytes) {}
