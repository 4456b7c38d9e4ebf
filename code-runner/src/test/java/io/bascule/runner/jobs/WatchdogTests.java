package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.cgroup.KernelLimit;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.DirectoryUse;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.ProcessExit;
import io.bascule.runner.sandbox.ProcessSignal;
import io.bascule.runner.sandbox.ProcessUsage;
import io.bascule.runner.sandbox.SandboxedProcess;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How exactly limits are kept, on a clock of the test's own: every look is 10 ms after the one before. */
@Timeout(60)
class WatchdogTests {

    private static final Duration LOOK = Duration.ofMillis(10);
    private static final JobLimits LIMITS =
            new JobLimits(Duration.ofMillis(200), Duration.ofMillis(100), new MemorySize(128), 1024, 1024);
    private static final BoxLimits BOX = new BoxLimits(8, 10, 1 << 20);
    private static final Duration STARTUP = Duration.ofMillis(40);

    private final List<HitLimit> hits = new ArrayList<>();

    @Test
    void wallTimeEndsAtTheFirstLookAfterItsLimit() {
        var sleeper = new Looked(look -> new ProcessUsage(STARTUP, 0, 1));

        watch(sleeper);

        assertThat(hits).containsExactly(new HitLimit(LimitKind.WALL_TIME, 200));
        assertThat(sleeper.elapsed()).isEqualTo(LIMITS.wallTime().plus(LOOK));
    }

    @Test
    void cpuTimeEndsAtTheFirstLookAfterItsLimitTheStartLeftOut() {
        var spinner = new Looked(look -> new ProcessUsage(STARTUP.plus(LOOK.multipliedBy(look)), 0, 1));

        watch(spinner);

        assertThat(hits).containsExactly(new HitLimit(LimitKind.CPU_TIME, 100));
        assertThat(spinner.elapsed()).isEqualTo(LIMITS.cpuTime().plus(LOOK));
    }

    @Test
    void memoryAndThreadsMayReachTheirLimitsAndNoMore() {
        var full = new Looked(look -> new ProcessUsage(STARTUP, LIMITS.memory().bytes() + (look == 3 ? 1 : 0), 8));
        var crowded = new Looked(look -> new ProcessUsage(STARTUP, 0, look == 5 ? 9 : 8));

        watch(full);
        watch(crowded);

        assertThat(hits)
                .containsExactly(new HitLimit(LimitKind.MEMORY, 128), new HitLimit(LimitKind.THREADS, BOX.threads()));
        assertThat(full.looks).isEqualTo(3);
        assertThat(crowded.looks).isEqualTo(5);
    }

    @Test
    void theDirectoryIsLookedAtEveryTenthTime() {
        var hoarder = new Looked(look -> new ProcessUsage(STARTUP, 0, 1));
        hoarder.directory = new DirectoryUse(11, 0);

        watch(hoarder);

        assertThat(hits).containsExactly(new HitLimit(LimitKind.DISK, BOX.diskBytes()));
        assertThat(hoarder.looks).isEqualTo(10);
    }

    @Test
    void aJobThatHasEndedIsNotLookedAt() {
        var over = new Looked(look -> new ProcessUsage(Duration.ofDays(1), 0, 1));
        over.ended.countDown();

        watch(over);

        assertThat(hits).isEmpty();
    }

    @Test
    void whatTheKernelKeepsIsNotLookedAtButWhatItHasRefused() {
        var full = new Looked(look -> new ProcessUsage(STARTUP, LIMITS.memory().bytes() + 1, 8));
        full.keptByKernel = true;
        full.refusedFromLook = 4;

        watch(full);

        assertThat(hits).containsExactly(new HitLimit(LimitKind.THREADS, BOX.threads()));
        assertThat(full.looks).isEqualTo(4);
    }

    private void watch(Looked process) {
        new Watchdog(
                        new LimitCheck(LIMITS, BOX, STARTUP, process.keptByKernel),
                        process,
                        () -> process.elapsed().toNanos(),
                        hits::add)
                .watch(0, process.ended);
    }

    private interface Use {
        ProcessUsage at(int look);
    }

    /** A process that is as old as it has been looked at. */
    private static final class Looked implements SandboxedProcess {

        private final Use use;
        private final CountDownLatch ended = new CountDownLatch(1);
        private DirectoryUse directory = new DirectoryUse(0, 0);
        private boolean keptByKernel;
        private int refusedFromLook;
        private int looks;

        Looked(Use use) {
            this.use = use;
        }

        Duration elapsed() {
            return LOOK.multipliedBy(looks);
        }

        @Override
        public Optional<ProcessUsage> usage() {
            looks++;
            return Optional.of(use.at(looks));
        }

        @Override
        public LimitKeeper keeper() {
            return keptByKernel ? LimitKeeper.CGROUP : LimitKeeper.WATCHDOG;
        }

        @Override
        public Set<KernelLimit> kernelHits() {
            return looks >= refusedFromLook ? Set.of(KernelLimit.THREADS) : Set.of();
        }

        @Override
        public DirectoryUse directoryUse(int mostFiles) {
            return directory;
        }

        @Override
        public ByteChannel channel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteChannel output() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ByteChannel egress() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void signal(ProcessSignal signal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public ProcessExit awaitExit() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            throw new UnsupportedOperationException();
        }
    }
}
