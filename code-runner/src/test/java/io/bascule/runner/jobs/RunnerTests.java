package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.egress.EgressPolicy;
import io.bascule.runner.jobs.JobOutcome.Cancelled;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.NeedsSandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The spaces of a runner, from the outside. */
@NeedsSandbox
@Timeout(300)
class RunnerTests {

    private static final String WAIT =
            "async function handler() { console.log(process.pid); await new Promise((r) => setTimeout(r, 20000)); }";

    @Test
    void thereAreExactlyAsManySpacesAsConfigured() throws Exception {
        try (var runner = new TestRunner(2, 1)) {
            var first = runner.begin(WAIT, "{}", TestRunner.LIMITS);
            var second = runner.begin(WAIT, "{}", TestRunner.LIMITS);
            assertThat(runner.spaces.remaining()).isZero();
            assertThat(runner.runner.admit(job("third"))).isInstanceOf(Admission.Full.class);

            first.awaitFirstLine();
            assertThat(runner.runner.cancel(first.id)).isTrue();
            assertThat(first.await().outcome()).isEqualTo(new Cancelled());
            assertThat(runner.spaces.remaining()).isOne();
            assertThat(runner.result("const handler = () => 'again';", "0")).isEqualTo("\"again\"");
            runner.runner.cancel(second.id);
            second.await();
            assertThat(runner.spaces.remaining()).isEqualTo(2);
        }
    }

    @Test
    void aCancelledJobIsGoneWithItsProcessBeforeItsSpaceIsFree() throws Exception {
        try (var runner = new TestRunner(1, 1)) {
            var job = runner.begin("""
                    async function handler() {
                      process.on('SIGTERM', () => {});
                      console.log(process.pid);
                      for (;;) await new Promise((resolve) => setTimeout(resolve, 1000));
                    }
                    """, "{}", TestRunner.LIMITS);
            long pid = Long.parseLong(job.awaitFirstLine());
            assertThat(ProcessHandle.of(pid)).isPresent();

            runner.runner.cancel(job.id);

            assertThat(runner.spaces.remaining()).isZero();
            assertThat(job.await().outcome()).isEqualTo(new Cancelled());
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(runner.spaces.remaining()).isOne();
        }
    }

    @Test
    void aJobIsKnownByItsIdUntilItHasEnded() throws Exception {
        try (var runner = new TestRunner(2, 1)) {
            var running = runner.begin(WAIT, "{}", TestRunner.LIMITS);

            assertThat(runner.runner.admit(job(running.id))).isInstanceOf(Admission.AlreadyRunning.class);
            assertThat(runner.spaces.remaining()).isOne();
            assertThat(runner.runner.cancel("unknown")).isFalse();
            runner.runner.cancel(running.id);
            running.await();
            assertThat(runner.runner.cancel(running.id)).isFalse();
        }
    }

    @Test
    void waitingProcessesAreUsedFirstAndReplaced() throws Exception {
        try (var runner = new TestRunner(1, 2)) {
            assertThat(pool(runner).awaitReady(2, Duration.ofSeconds(60))).isTrue();

            assertThat(runner.run("const handler = () => 1;").warm()).isTrue();
            assertThat(pool(runner).awaitReady(2, Duration.ofSeconds(60))).isTrue();
            assertThat(runner.meters
                            .get("custom.code.runner.warm.pool")
                            .tag("outcome", "hit")
                            .counter()
                            .count())
                    .isOne();
        }
        try (var cold = new TestRunner(1, 0)) {
            assertThat(cold.run("const handler = () => 1;").warm()).isFalse();
        }
    }

    @Test
    void aMemoryThatIsAskedForAgainAndAgainIsKeptReadyToo() throws Exception {
        var larger = new JobLimits(
                TestRunner.LIMITS.wallTime(),
                TestRunner.LIMITS.cpuTime(),
                new MemorySize(384),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
        try (var runner = new TestRunner(new RefillPolicy(1, 2))) {
            for (int n = 0; n < 6; n++) {
                runner.run("const handler = () => 1;", "0", larger);
            }

            assertThat(pool(runner).awaitReady(2, Duration.ofSeconds(60))).isTrue();
            assertThat(runner.run("const handler = () => 1;", "0", larger).warm())
                    .isTrue();
        }
    }

    @Test
    void allSpacesUnderAttackAtOnceComeFreeAgain() throws Exception {
        List<String> attacks = List.of(
                "function handler() { for (;;) {} }",
                "function handler() { const kept = []; for (;;) kept.push(Buffer.alloc(1 << 20, 1)); }",
                "function handler() { for (;;) console.log('x'.repeat(10000)); }",
                "function handler() { for (let n = 0; ; n++) require('fs').writeFileSync('f' + n, ''); }");
        var limits = new JobLimits(
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                TestRunner.LIMITS.memory(),
                TestRunner.LIMITS.outputBytes(),
                TestRunner.LIMITS.logBytes());
        try (var runner = new TestRunner(8, 2)) {
            var courses = new ArrayList<TestRunner.Course>();
            for (int n = 0; n < 8; n++) {
                courses.add(runner.begin(attacks.get(n % attacks.size()), "{}", limits));
            }

            assertThat(courses)
                    .allSatisfy(course -> assertThat(course.await().outcome()).isInstanceOf(HitLimit.class));
            assertThat(runner.spaces.remaining()).isEqualTo(8);
            assertThat(runner.result("const handler = () => 'fine';", "0")).isEqualTo("\"fine\"");
        }
    }

    @Test
    void whenTheLauncherDiesItsJobsAreLostAndTheNextOneRuns() throws Exception {
        try (var runner = new TestRunner(2, 0)) {
            var job = runner.begin(WAIT, "{}", TestRunner.LIMITS);
            long pid = Long.parseLong(job.awaitFirstLine());
            var launcher = ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow();

            assertThat(launcher.destroyForcibly()).isTrue();

            assertThat(job.await().outcome()).isInstanceOf(Lost.class);
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(runner.run("const handler = () => 'again';").outcome()).isEqualTo(new Succeeded("\"again\""));
        }
    }

    @Test
    void aStoppingRunnerLetsNobodyInAndWaitsForThoseInside() throws Exception {
        try (var runner = new TestRunner(2, 1)) {
            var job = runner.begin(
                    "async function handler() { console.log('in'); await new Promise((r) => setTimeout(r, 500)); return 'out'; }",
                    "{}",
                    TestRunner.LIMITS);
            job.awaitFirstLine();
            var stopped = new CountDownLatch(1);

            runner.runner.stop(stopped::countDown);

            assertThat(runner.runner.admit(job("late"))).isInstanceOf(Admission.Draining.class);
            assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(job.await().outcome()).isEqualTo(new Succeeded("\"out\""));
        }
    }

    private static WarmPool pool(TestRunner runner) {
        return runner.pools.of(Language.JAVASCRIPT).orElseThrow();
    }

    private static Job job(String id) {
        return new Job(
                id,
                new Code(Language.JAVASCRIPT, "test", 1, new Code.Source(WAIT)),
                "{}",
                TestRunner.LIMITS,
                EgressPolicy.none(),
                Map.of());
    }
}
