package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.ProcessUsage;
import io.bascule.runner.sandbox.SandboxedProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at one job's process every few milliseconds and reports the first limit it finds crossed. Memory that is filled
 * at 1 GiB/s overshoots its limit by about 10 MiB between two looks.
 */
final class Watchdog {

    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final int LOOKS_PER_DIRECTORY_LOOK = 10;

    private final LimitCheck check;
    private final int mostFiles;
    private final SandboxedProcess process;
    private final NanoClock clock;
    private final Consumer<HitLimit> onHit;

    Watchdog(LimitCheck check, SandboxedProcess process, NanoClock clock, Consumer<HitLimit> onHit) {
        this.check = check;
        this.mostFiles = check.box().files();
        this.process = process;
        this.clock = clock;
        this.onHit = onHit;
    }

    /** Watches until the job has ended or crossed a limit. */
    void watch(long startedNanos, CountDownLatch ended) {
        try {
            for (int look = 1; !ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS); look++) {
                Optional<HitLimit> hit = look(startedNanos, look % LOOKS_PER_DIRECTORY_LOOK == 0);
                if (hit.isPresent()) {
                    onHit.accept(hit.get());
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<HitLimit> refusal(ProcessUsage usage) {
        return check.isCrowded(usage) ? check.kernel(process.kernelHits()) : Optional.empty();
    }

    private Optional<HitLimit> look(long startedNanos, boolean atDirectory) {
        return process.usage()
                .flatMap(usage -> check.usage(usage).or(() -> refusal(usage)))
                .or(() -> check.wall(Duration.ofNanos(clock.nanos() - startedNanos)))
                .or(() -> atDirectory ? check.directory(process.directoryUse(mostFiles)) : Optional.empty());
    }
}
