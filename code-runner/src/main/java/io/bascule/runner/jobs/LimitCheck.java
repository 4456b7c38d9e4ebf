package io.bascule.runner.jobs;

import io.bascule.runner.cgroup.KernelLimit;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.DirectoryUse;
import io.bascule.runner.sandbox.ProcessUsage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Decides from what a job has used whether it may go on.
 *
 * @param startupCpu what the start of its process took
 * @param keptByKernel whether its memory cannot go beyond its limit anyway; what is resident is then more than what counts
 */
record LimitCheck(JobLimits limits, BoxLimits box, Duration startupCpu, boolean keptByKernel) {

    Optional<HitLimit> wall(Duration elapsed) {
        return hit(
                elapsed.compareTo(limits.wallTime()) > 0,
                LimitKind.WALL_TIME,
                limits.wallTime().toMillis());
    }

    /** The one that harms others most comes first. */
    Optional<HitLimit> usage(ProcessUsage usage) {
        Duration cpu = usage.cpu().minus(startupCpu);
        return hit(
                        !keptByKernel && usage.memoryBytes() > limits.memory().bytes(),
                        LimitKind.MEMORY,
                        limits.memory().mebibytes())
                .or(() -> hit(usage.threads() > box.threads(), LimitKind.THREADS, box.threads()))
                .or(() -> hit(
                        cpu.compareTo(limits.cpuTime()) > 0,
                        LimitKind.CPU_TIME,
                        limits.cpuTime().toMillis()));
    }

    /** Whether it is worth asking what the kernel has refused it. */
    boolean isCrowded(ProcessUsage usage) {
        return keptByKernel && usage.threads() >= box.threads();
    }

    /** What the kernel has ended it for, or refused it. */
    Optional<HitLimit> kernel(Set<KernelLimit> hits) {
        return hit(
                        hits.contains(KernelLimit.MEMORY),
                        LimitKind.MEMORY,
                        limits.memory().mebibytes())
                .or(() -> hit(hits.contains(KernelLimit.THREADS), LimitKind.THREADS, box.threads()));
    }

    Optional<HitLimit> directory(DirectoryUse use) {
        return hit(use.bytes() > box.diskBytes() || use.files() > box.files(), LimitKind.DISK, box.diskBytes());
    }

    /** What a job that has failed ran into between two looks: a write that would have gone over is refused at the limit. */
    Optional<HitLimit> fullDirectory(DirectoryUse use) {
        return hit(use.bytes() >= box.diskBytes() || use.files() > box.files(), LimitKind.DISK, box.diskBytes());
    }

    private static Optional<HitLimit> hit(boolean over, LimitKind kind, long allowed) {
        return over ? Optional.of(new HitLimit(kind, allowed)) : Optional.empty();
    }
}
