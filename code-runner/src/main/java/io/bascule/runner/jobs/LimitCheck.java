package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.DirectoryUse;
import io.bascule.runner.sandbox.ProcessUsage;
import java.time.Duration;
import java.util.Optional;

/** Decides from what a job has used whether it may go on. */
record LimitCheck(JobLimits limits, BoxLimits box, Duration startupCpu) {

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
                        usage.memoryBytes() > limits.memory().bytes(),
                        LimitKind.MEMORY,
                        limits.memory().mebibytes())
                .or(() -> hit(usage.threads() > box.threads(), LimitKind.THREADS, box.threads()))
                .or(() -> hit(
                        cpu.compareTo(limits.cpuTime()) > 0,
                        LimitKind.CPU_TIME,
                        limits.cpuTime().toMillis()));
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
