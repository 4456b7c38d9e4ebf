package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.cgroup.KernelLimit;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whom a function that has failed may blame. */
class BlameTests {

    private static final LimitCheck CHECK = new LimitCheck(
            new JobLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), new MemorySize(128), 1024, 1024),
            new BoxLimits(64, 10, 1 << 20),
            Duration.ZERO,
            true);

    @Test
    void itsOwnLimitsAreNamed() {
        assertThat(blame(false, KernelLimit.MEMORY)).contains(new HitLimit(LimitKind.MEMORY, 128));
        assertThat(blame(false, KernelLimit.THREADS)).contains(new HitLimit(LimitKind.THREADS, 64));
        assertThat(blame(false, KernelLimit.MEMORY, KernelLimit.THREADS_OF_OTHERS))
                .contains(new HitLimit(LimitKind.MEMORY, 128));
    }

    @Test
    void whatOthersHadIsNotItsFault() {
        assertThat(blame(false, KernelLimit.MEMORY_OF_OTHERS))
                .contains(new Lost("there was no more memory where the runner is"));
        assertThat(blame(false, KernelLimit.THREADS_OF_OTHERS))
                .contains(new Lost("there were no more threads where the runner is"));
    }

    @Test
    void whatNobodyCanTellIsNotItsFaultIfItWasEndedByForce() {
        assertThat(blame(true, KernelLimit.UNTOLD)).containsInstanceOf(Lost.class);
        assertThat(blame(false, KernelLimit.UNTOLD)).isEmpty();
        assertThat(blame(true)).isEmpty();
    }

    private static Optional<JobOutcome> blame(boolean isKilled, KernelLimit... hits) {
        return new Blame(CHECK, Set.of(hits), isKilled).outcome();
    }
}
