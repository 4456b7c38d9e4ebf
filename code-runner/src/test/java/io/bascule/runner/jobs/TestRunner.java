package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.bundle.TestBundles;
import io.bascule.runner.egress.Egress;
import io.bascule.runner.egress.EgressProperties;
import io.bascule.runner.jobs.Admission.Admitted;
import io.bascule.runner.resource.Connections;
import io.bascule.runner.resource.ResourceProperties;
import io.bascule.runner.sandbox.Language;
import io.bascule.runner.sandbox.LauncherSandbox;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.MemorySize;
import io.bascule.runner.sandbox.SandboxLevel;
import io.bascule.runner.sandbox.TestSandbox;
import io.bascule.testsupport.PackageRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A runner as it ships, without its endpoint. */
final class TestRunner implements AutoCloseable {

    static final JobLimits LIMITS =
            new JobLimits(Duration.ofSeconds(20), Duration.ofSeconds(10), new MemorySize(192), 1024 * 1024, 64 * 1024);
    private static final BoxLimits BOX = new BoxLimits(TestSandbox.THREADS, TestSandbox.FILES, TestSandbox.DISK_BYTES);

    final LauncherSandbox sandbox;
    final JobSpaces spaces;
    final WarmPools pools;
    final Runner runner;
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger lastJob = new AtomicInteger();

    final Connections connections =
            new Connections(new ResourceProperties(3, 8, Duration.ofSeconds(20), Duration.ofSeconds(30)));
    private final Bundles bundles;
    private final Egress egress;
    /** What every job may reach. */
    List<String> hosts = List.of();
    /** What every job may ask for, and who carries it: nobody unless a test does. */
    List<String> resources = List.of();

    ResourceCarrier carrier = (_, _) -> {};
    /** What every job is told. */
    Map<String, String> secrets = Map.of();

    TestRunner(int jobSpaces, int warm) {
        this(SandboxLevel.CONFINED, jobSpaces, warm, List.of());
    }

    TestRunner(SandboxLevel level, int jobSpaces, int warm) {
        this(level, jobSpaces, warm, List.of());
    }

    TestRunner(int jobSpaces, int warm, List<String> privateNetworks) {
        this(SandboxLevel.CONFINED, jobSpaces, warm, privateNetworks);
    }

    /** One space, and a pool that follows a policy. */
    TestRunner(RefillPolicy policy) {
        this(SandboxLevel.CONFINED, 1, policy, List.of());
    }

    TestRunner(SandboxLevel level, int jobSpaces, int warm, List<String> privateNetworks) {
        this(level, jobSpaces, new RefillPolicy(warm, warm), privateNetworks);
    }

    private TestRunner(SandboxLevel level, int jobSpaces, RefillPolicy policy, List<String> privateNetworks) {
        this(level, jobSpaces, policy, privateNetworks, null);
    }

    /** With bundles, whose packages come from this registry. */
    TestRunner(SandboxLevel level, int jobSpaces, PackageRegistry registry) {
        this(level, jobSpaces, new RefillPolicy(0, 0), List.of(), registry);
    }

    /** With these bundles, one space and no process that waits. */
    TestRunner(SandboxLevel level, Bundles bundles) {
        this(TestSandbox.start(level), 1, new RefillPolicy(0, 0), List.of(), bundles);
    }

    private TestRunner(
            SandboxLevel level,
            int jobSpaces,
            RefillPolicy policy,
            List<String> privateNetworks,
            @Nullable PackageRegistry registry) {
        this(TestSandbox.start(level), jobSpaces, policy, privateNetworks, TestBundles.beside(registry));
    }

    /** In this sandbox, one space and no process that waits. */
    TestRunner(LauncherSandbox sandbox) {
        this(sandbox, 1, new RefillPolicy(0, 0), List.of(), TestBundles.beside(null));
    }

    private TestRunner(
            LauncherSandbox sandbox,
            int jobSpaces,
            RefillPolicy policy,
            List<String> privateNetworks,
            Bundles bundles) {
        this.sandbox = sandbox;
        this.bundles = bundles;
        egress = new Egress(
                new EgressProperties(
                        privateNetworks,
                        DataSize.ofMegabytes(1),
                        null,
                        4,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10)),
                connections,
                meters);
        spaces = new JobSpaces(jobSpaces);
        pools = new WarmPools(sandbox, LIMITS.memory(), policy, new CpuBudget(1, System::nanoTime), System::nanoTime);
        var settings = new RunSettings(
                BOX, Duration.ofSeconds(2), Duration.ofSeconds(10), System::nanoTime, InstantSource.system(), egress);
        runner = new Runner(spaces, pools, bundles, sandbox, settings, new JobMetrics(meters));
        pools.start();
        runner.start();
    }

    /** Runs a function to its end with an empty object as input. */
    Ran run(String source) {
        return run(source, "{}", LIMITS);
    }

    Ran run(String source, String input) {
        return run(source, input, LIMITS);
    }

    Ran run(String source, String input, JobLimits limits) {
        return begin(source, input, limits).await();
    }

    /** Runs a function in that language. */
    Ran run(Language language, String source, String input) {
        return begin(language, source, input, LIMITS).await();
    }

    /** Runs a function and returns what it returned, as JSON. */
    String result(String source, String input) {
        return result(Language.JAVASCRIPT, source, input);
    }

    String result(Language language, String source, String input) {
        Ran ran = run(language, source, input);
        assertThat(ran.outcome()).as("log: %s", ran.log()).isInstanceOf(JobOutcome.Succeeded.class);
        return ((JobOutcome.Succeeded) ran.outcome()).output();
    }

    /** Runs a function of several files. */
    Ran runBundle(Language language, Code.Files files, String input) {
        return beginBundle(language, files, input).await();
    }

    Course beginBundle(Language language, Code.Files files, String input) {
        return begin(new Code(language, "test", 1, files), input, LIMITS);
    }

    Course begin(String source, String input, JobLimits limits) {
        return begin(Language.JAVASCRIPT, source, input, limits);
    }

    Course begin(Language language, String source, String input, JobLimits limits) {
        return begin(new Code(language, "test", 1, new Code.Source(source)), input, limits);
    }

    private Course begin(Code code, String input, JobLimits limits) {
        String id = "job-" + lastJob.incrementAndGet();
        return new Course(id, admit(id, code, input, limits), carrier);
    }

    /** Lets a function in, and does not run it yet. */
    AdmittedJob admit(String id, Code code, String input, JobLimits limits) {
        var admission = runner.admit(new Job(id, code, input, limits, egress.policy(hosts, resources), secrets));
        assertThat(admission).isInstanceOf(Admitted.class);
        return ((Admitted) admission).job();
    }

    /** What jobs that have ended left behind; empty when there is nothing. */
    List<String> leftovers() throws IOException {
        return Leftovers.of(
                sandbox,
                () -> sandbox.languages().stream().mapToInt(pools::ready).sum());
    }

    @Override
    public void close() {
        pools.stop();
        sandbox.stop();
        bundles.close();
    }

    /** Carries the connections that jobs ask for. */
    interface ResourceCarrier {

        void carry(String connection, String resource);
    }

    /** One job that runs on a thread of its own. */
    static final class Course implements JobListener {

        final String id;
        private final ResourceCarrier carrier;
        private final List<String> log = new CopyOnWriteArrayList<>();
        final List<String> progress = new CopyOnWriteArrayList<>();
        private final CountDownLatch logged = new CountDownLatch(1);
        private final CompletableFuture<JobReport> report = new CompletableFuture<>();
        private volatile boolean warm;

        Course(String id, AdmittedJob job, ResourceCarrier carrier) {
            this.id = id;
            this.carrier = carrier;
            Thread.ofVirtual().start(() -> {
                try {
                    report.complete(job.run(this));
                } catch (Throwable failure) {
                    report.completeExceptionally(failure);
                }
            });
        }

        @Override
        public void started(boolean isWarm, LimitKeeper keeper) {
            warm = isWarm;
        }

        @Override
        public void logged(LogLevel level, Duration after, String text) {
            log.add(level + " " + text);
            logged.countDown();
        }

        @Override
        public void progressed(int percent, String message) {
            progress.add(percent + " " + message);
        }

        @Override
        public void resourceWanted(String connection, String resource) {
            Thread.ofVirtual().start(() -> carrier.carry(connection, resource));
        }

        /** The text of the first line it logs. */
        String awaitFirstLine() throws InterruptedException {
            assertThat(logged.await(60, TimeUnit.SECONDS)).as("it logged").isTrue();
            return log.getFirst().substring(log.getFirst().indexOf(' ') + 1);
        }

        boolean hasEnded() {
            return report.isDone();
        }

        Ran await() {
            return new Ran(report.orTimeout(150, TimeUnit.SECONDS).join(), List.copyOf(log), warm);
        }
    }

    /** A job that has ended. */
    record Ran(JobReport report, List<String> log, boolean warm) {

        JobOutcome outcome() {
            return report.outcome();
        }
    }
}
