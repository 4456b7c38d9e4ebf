package io.bascule.runner.jobs;

import io.bascule.runner.egress.EgressPolicy;
import java.util.Map;

/**
 * One call of a function.
 *
 * @param id chosen by the caller, unique among the jobs that run
 * @param input one JSON value
 * @param egress what it may reach
 * @param secrets values by name, which the process is told and nobody else
 */
public record Job(
        String id, Code code, String input, JobLimits limits, EgressPolicy egress, Map<String, String> secrets) {

    public Job {
        secrets = Map.copyOf(secrets);
    }

    /** Never shows a secret. */
    @Override
    public String toString() {
        return "Job[id=%s, function=%s]".formatted(id, code.function());
    }
}
