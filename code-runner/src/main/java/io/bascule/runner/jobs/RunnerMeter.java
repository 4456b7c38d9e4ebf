package io.bascule.runner.jobs;

/** The meters of a runner; Prometheus shows them with underscores, counters with {@code _total}. */
enum RunnerMeter {
    TOTAL_SPACES("custom.code.runner.total.job.spaces", "Job spaces of this runner"),
    REMAINING_SPACES("custom.code.runner.remaining.job.spaces", "Job spaces that are free now"),
    WARM_PROCESSES("custom.code.runner.warm.processes", "Processes that wait for a job"),
    WARM_POOL("custom.code.runner.warm.pool", "Jobs by whether a waiting process was there"),
    START("custom.code.runner.start", "From a job's admission until its process can take it"),
    JOBS("custom.code.runner.jobs", "Jobs by how they ended"),
    LIMIT_KILLS("custom.code.runner.limit.kills", "Jobs that were stopped at a limit"),
    SANDBOX("custom.code.runner.sandbox", "1 for what is in force in the sandbox, else 0");

    private final String meter;
    private final String description;

    RunnerMeter(String meter, String description) {
        this.meter = meter;
        this.description = description;
    }

    String meter() {
        return meter;
    }

    String description() {
        return description;
    }
}
