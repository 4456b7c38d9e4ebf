package io.bascule.runner.jobs;

import io.bascule.runner.cgroup.KernelLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what made a function fail, from what the kernel has done to it. One that was stopped because others had what it
 * wanted, or for a reason that nobody can tell, has not failed.
 *
 * @param hits what the kernel tells
 * @param isKilled whether its process was ended by force
 */
record Blame(LimitCheck check, Set<KernelLimit> hits, boolean isKilled) {

    /** Empty where that was nothing but the function itself. */
    Optional<JobOutcome> outcome() {
        return lost(hits.contains(KernelLimit.MEMORY_OF_OTHERS), "there was no more memory where the runner is")
                .or(() -> check.kernel(hits))
                .or(() -> lost(
                        hits.contains(KernelLimit.THREADS_OF_OTHERS), "there were no more threads where the runner is"))
                .or(() -> lost(
                        isKilled && hits.contains(KernelLimit.UNTOLD),
                        "its process was ended, and its control groups cannot be asked why"));
    }

    private static Optional<JobOutcome> lost(boolean isSo, String why) {
        return isSo ? Optional.of(new Lost(why)) : Optional.empty();
    }
}
