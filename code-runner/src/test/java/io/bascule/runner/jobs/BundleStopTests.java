package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.bundle.TestBundles;
import io.bascule.runner.bundle.TestTar;
import io.bascule.runner.jobs.JobOutcome.Cancelled;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.NeedsSandbox;
import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.PackageRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that are stopped while their bundle is made ready, by a registry that does not end its answers. */
@NeedsSandbox
@Timeout(180)
class BundleStopTests {

    private PackageRegistry registry;
    private TestRunner runner;
    private Code.Files bundle;

    @BeforeEach
    void start() throws Exception {
        registry = new PackageRegistry();
        String slow =
                registry.npmPackage("slow", new TestTar().file("x/index.js", "").gzip());
        bundle = new Code.Files(
                TestBundles.archive(Map.of(
                        "index.js", "exports.handler = () => 1;", "package-lock.json", PackageRegistry.lock(slow))),
                "index.js");
        registry.stall();
        runner = new TestRunner(SandboxLevel.CONFINED, 2, registry);
    }

    @AfterEach
    void stop() {
        runner.close();
        registry.close();
    }

    @Test
    void aCancelledOneLeavesAtOnceAndTheNextWhoWaitedMakesItItself() throws Exception {
        TestRunner.Course first = begin();
        Await.until(() -> registry.requests() == 1);
        TestRunner.Course second = begin();

        assertThat(runner.runner.cancel(first.id)).isTrue();
        assertThat(first.await().outcome()).isEqualTo(new Cancelled());
        assertThat(runner.spaces.remaining()).isOne();

        Await.until(() -> registry.requests() == 2);
        runner.runner.cancel(second.id);
        assertThat(second.await().outcome()).isEqualTo(new Cancelled());
        assertThat(runner.spaces.remaining()).isEqualTo(2);
        assertThat(runner.leftovers()).isEmpty();
    }

    @Test
    void aRunnerThatLeavesGivesThemUpAtOnceSoThatTheyRunElsewhere() throws Exception {
        TestRunner.Course job = begin();
        Await.until(() -> registry.requests() == 1);
        var drained = new CountDownLatch(1);

        runner.runner.stop(drained::countDown);

        assertThat(job.await().outcome()).isInstanceOf(Lost.class);
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aRunnerThatLeavesBeginsNoneThatItHadJustLetIn() throws Exception {
        var code = new Code(Language.JAVASCRIPT, "test", 1, bundle);
        AdmittedJob admitted = runner.admit("late", code, "{}", TestRunner.LIMITS);
        var drained = new CountDownLatch(1);

        runner.runner.stop(drained::countDown);
        var job = new TestRunner.Course("late", admitted, runner.carrier);

        assertThat(job.await().outcome()).isInstanceOf(Lost.class);
        assertThat(registry.requests()).isZero();
        assertThat(drained.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private TestRunner.Course begin() {
        return runner.beginBundle(Language.JAVASCRIPT, bundle, "{}");
    }
}
