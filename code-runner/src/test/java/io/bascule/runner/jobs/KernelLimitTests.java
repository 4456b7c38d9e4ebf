package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bascule.runner.cgroup.NeedsCgroups;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.CgroupPolicy;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.NeedsPython;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** Limits that the kernel keeps by control groups, however fast a function is and however busy the machine. */
@NeedsCgroups
@NeedsSandbox
@NeedsPython
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
class KernelLimitTests {

    /** Has all of it at once, by one call: nobody can look in between. What is shared the runtime's own limit leaves out. */
    private static final String BURST = """
            import mmap

            def handler(mebibytes):
                populated = 0x8000
                with mmap.mmap(-1, mebibytes << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | populated) as memory:
                    return len(memory)
            """;

    private static final String BUFFERS = """
            function handler(mebibytes) {
              const kept = [];
              for (let n = 0; n < mebibytes; n++) kept.push(Buffer.alloc(1 << 20, 1));
              return kept.length;
            }
            """;

    private static final String THREADS = """
            import threading, time

            def handler(threads):
                threading.stack_size(256 * 1024)
                for _ in range(threads):
                    threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
                return threads
            """;

    private static final HitLimit MEMORY =
            new HitLimit(LimitKind.MEMORY, TestRunner.LIMITS.memory().mebibytes());
    private static final long LIMIT = TestRunner.LIMITS.memory().bytes();

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(TestSandbox.start(TestSandbox.highestLevel()));
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void memoryEndsAtItsLimitExactly() throws Exception {
        var burst = runner.run(Language.PYTHON, BURST, "2000");
        var buffers = runner.run(Language.JAVASCRIPT, BUFFERS, "2000");

        assertThat(burst.outcome()).isEqualTo(MEMORY);
        assertThat(burst.report().peakMemoryBytes()).isBetween(LIMIT * 9 / 10, LIMIT);
        assertThat(buffers.outcome()).isEqualTo(MEMORY);
        assertThat(buffers.report().peakMemoryBytes()).isBetween(LIMIT * 9 / 10, LIMIT);
        assertThat(runner.leftovers()).isEmpty();
    }

    @Test
    void withoutThemTheSameIsSeenWhenItHasGoneBeyond() {
        LauncherSandbox watched = TestSandbox.start(TestSandbox.highestLevel(), CgroupPolicy.OFF);
        try (var control = new TestRunner(watched)) {
            assertThat(watched.confinement().limits()).isEqualTo(LimitKeeper.WATCHDOG);

            assertThat(control.run(Language.PYTHON, BURST, "2000").report().peakMemoryBytes())
                    .isGreaterThan(LIMIT);
        }
    }

    @Test
    void whatIsBelowTheLimitIsThere() {
        assertThat(runner.result(Language.PYTHON, BURST, "150")).isEqualTo(Integer.toString(150 << 20));
        assertThat(runner.result(Language.JAVASCRIPT, BUFFERS, "120")).isEqualTo("120");
    }

    @Test
    void oneThreadTooManyIsRefusedAndTheJobThatFailsOfItIsNamedByIt() {
        assertThat(runner.result(Language.PYTHON, THREADS, "40")).isEqualTo("40");
        assertThat(runner.run(Language.PYTHON, THREADS, "200").outcome())
                .isEqualTo(new HitLimit(LimitKind.THREADS, TestSandbox.THREADS));
    }

    @Test
    void aJobThatFailsBecauseAGroupAroundItHasNoMoreThreadsIsLostAndNotNamedByItsLimit() throws Exception {
        Path around = TestSandbox.cgroupsOf(runner.sandbox).getLast().resolve("pids.max");
        assumeFalse(
                Files.exists(around.resolveSibling("cgroup.controllers")),
                "with version 2 the runner would be limited, too");
        assumeTrue(Files.exists(around.resolveSibling("pids.peak")), "the kernel (< 6.1) keeps no peak");
        Files.writeString(around, "32", StandardOpenOption.WRITE);
        try {
            assertThat(runner.run(Language.PYTHON, THREADS, "50").outcome())
                    .isEqualTo(new Lost("there were no more threads where the runner is"));
        } finally {
            Files.writeString(around, "max", StandardOpenOption.WRITE);
        }
        assertThat(runner.result(Language.PYTHON, THREADS, "50")).isEqualTo("50");
    }
}
