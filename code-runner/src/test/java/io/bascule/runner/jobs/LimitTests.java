package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.TestSandbox;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** How far a function can go. The outcome names the limit; a function just below it succeeds. */
@NeedsSandbox
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class LimitTests {

    private static final JobLimits LIMITS = TestRunner.LIMITS;
    private static final boolean LONG_FORM = Boolean.getBoolean("bascule.soak");

    private TestRunner runner;

    @BeforeAll
    void start() {
        runner = new TestRunner(TestSandbox.highestLevel(), 2, 2);
    }

    @AfterAll
    void stop() {
        runner.close();
    }

    @Test
    void waitingEndsAtTheWallTime() {
        String source = "const handler = (ms) => new Promise((resolve) => setTimeout(() => resolve('woke'), ms));";
        var limits = new JobLimits(
                Duration.ofSeconds(1), LIMITS.cpuTime(), LIMITS.memory(), LIMITS.outputBytes(), LIMITS.logBytes());

        assertThat(runner.run(source, "100", limits).outcome()).isEqualTo(new JobOutcome.Succeeded("\"woke\""));
        var ran = runner.run(source, "30000", limits);
        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 1000));
        assertThat(ran.report().wall()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(25));
    }

    @Test
    void anEndlessLoopThatIgnoresSignalsEndsAtTheCpuTime() {
        String source = """
                async function handler() {
                  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) process.on(signal, () => {});
                  await new Promise((resolve) => setTimeout(resolve, 10));
                  for (;;) {}
                }
                """;
        var limits = new JobLimits(
                LIMITS.wallTime(), Duration.ofSeconds(1), LIMITS.memory(), LIMITS.outputBytes(), LIMITS.logBytes());

        var ran = runner.run(source, "0", limits);

        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.CPU_TIME, 1000));
        assertThat(ran.report().cpu()).isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
    }

    /**
     * How late is the machine's business, so that is only judged in the long form; {@code WatchdogTests} shows that no more than
     * one look passes. Never is it early.
     */
    @Test
    void timeLimitsAreKeptWithinATenth() {
        var wall = new JobLimits(
                Duration.ofSeconds(1), LIMITS.cpuTime(), LIMITS.memory(), LIMITS.outputBytes(), LIMITS.logBytes());
        var cpu = new JobLimits(
                LIMITS.wallTime(), Duration.ofSeconds(1), LIMITS.memory(), LIMITS.outputBytes(), LIMITS.logBytes());
        var took = new ArrayList<Duration>();
        for (int n = 0; n < (LONG_FORM ? 10 : 1); n++) {
            var slept = runner.run("const handler = () => new Promise((r) => setTimeout(r, 60000));", "0", wall);
            var span = runner.run("const handler = () => { for (;;) {} };", "0", cpu);
            assertThat(slept.outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 1000));
            assertThat(span.outcome()).isEqualTo(new HitLimit(LimitKind.CPU_TIME, 1000));
            took.add(slept.report().wall());
            took.add(span.report().cpu());
        }

        System.out.println("ended at limits of 1 s of wall and CPU time by turns: " + took);
        assertThat(took).allSatisfy(time -> assertThat(time).isGreaterThanOrEqualTo(Duration.ofMillis(990)));
        if (LONG_FORM) {
            assertThat(took.stream().sorted().skip(10).findFirst())
                    .hasValueSatisfying(median -> assertThat(median).isLessThan(Duration.ofMillis(1100)));
        }
    }

    @Test
    void aFunctionMayTidyUpWhenItsTimeIsOver() {
        var limits = new JobLimits(
                Duration.ofSeconds(2), LIMITS.cpuTime(), LIMITS.memory(), LIMITS.outputBytes(), LIMITS.logBytes());

        var ran = runner.run("""
                async function handler() {
                  process.on('SIGTERM', () => console.log('tidied up'));
                  await new Promise((resolve) => setTimeout(resolve, 30000));
                }
                """, "0", limits);

        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.WALL_TIME, 2_000));
        assertThat(ran.log()).contains("INFO tidied up");
    }

    @Test
    void objectsBeyondTheHeapHitTheMemoryLimit() {
        String source = """
                function handler(megabytes) {
                  const kept = [];
                  for (let n = 0; n < megabytes; n++) kept.push(new Array(131072).fill(n + 0.5));
                  return kept.length;
                }
                """;

        assertThat(runner.result(source, "40")).isEqualTo("40");
        assertThat(runner.run(source, "4000").outcome()).isEqualTo(new HitLimit(LimitKind.MEMORY, 192));
    }

    @Test
    void buffersOutsideTheHeapHitItToo() {
        String source = """
                function handler(megabytes) {
                  const kept = [];
                  for (let n = 0; n < megabytes; n++) kept.push(Buffer.alloc(1 << 20, 1));
                  return kept.length;
                }
                """;

        assertThat(runner.result(source, "40")).isEqualTo("40");
        var ran = runner.run(source, "4000");
        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.MEMORY, 192));
        assertThat(ran.report().peakMemoryBytes()).isLessThan(2L * 192 * 1024 * 1024);
    }

    @Test
    void aLargerMemoryIsGivenToAJobThatAsksForIt() {
        String source = "function handler() { return Buffer.alloc(200 << 20, 1).length; }";
        var limits = new JobLimits(
                LIMITS.wallTime(), LIMITS.cpuTime(), new MemorySize(384), LIMITS.outputBytes(), LIMITS.logBytes());

        assertThat(runner.run(source).outcome()).isEqualTo(new HitLimit(LimitKind.MEMORY, 192));
        var ran = runner.run(source, "0", limits);
        assertThat(ran.outcome()).isEqualTo(new JobOutcome.Succeeded("209715200"));
        assertThat(ran.warm()).isFalse();
    }

    @Test
    void aFileThatFillsTheDirectoryAtOnceIsNamedAsTheLimitThatItHit() {
        String source = """
                const fs = require('node:fs');
                const handler = (mebibytes) => { fs.writeFileSync('file', Buffer.alloc(mebibytes << 20)); return 'ok'; };
                """;

        assertThat(runner.run(source, "30").outcome()).isEqualTo(new JobOutcome.Succeeded("\"ok\""));
        assertThat(runner.run(source, "80").outcome()).isEqualTo(new HitLimit(LimitKind.DISK, 32 << 20));
    }

    @Test
    void aResultIsAcceptedUpToItsLastByte() {
        String source = "const handler = (length) => 'x'.repeat(length);";

        assertThat(runner.run(source, Integer.toString(1024 * 1024 - 2)).outcome())
                .isInstanceOf(JobOutcome.Succeeded.class);
        assertThat(runner.run(source, Integer.toString(1024 * 1024 - 1)).outcome())
                .isEqualTo(new HitLimit(LimitKind.OUTPUT, 1024 * 1024));
    }

    @Test
    void aFloodOfLogLinesEndsTheJob() {
        var ran = runner.run("function handler() { for (;;) console.log('x'.repeat(1000)); }");

        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.LOG, 64 * 1024));
        assertThat(ran.report().logBytes()).isBetween(60 * 1024, 64 * 1024);
    }

    @Test
    void aFloodPastTheConsoleEndsItToo() {
        var ran = runner.run("function handler() { for (;;) require('fs').writeSync(1, 'x'.repeat(100000)); }");

        assertThat(ran.outcome()).isEqualTo(new HitLimit(LimitKind.LOG, 64 * 1024));
        assertThat(ran.report().logBytes()).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void everyLimitThatWasHitIsCounted() {
        runner.run("function handler() { for (;;) console.log('x'.repeat(1000)); }");

        assertThat(runner.meters
                        .get("custom.code.runner.limit.kills")
                        .tag("limit", "log")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(1);
    }
}
