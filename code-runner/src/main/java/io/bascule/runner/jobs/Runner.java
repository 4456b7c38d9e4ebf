package io.bascule.runner.jobs;

import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.Sandbox;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The jobs of this runner: lets them in while there is a space, finds them by their id, and sees them off. */
public final class Runner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);

    private final JobSpaces spaces;
    private final WarmPools pools;
    private final Bundles bundles;
    private final Sandbox sandbox;
    private final RunSettings settings;
    private final JobMetrics metrics;
    private final Map<String, AdmittedJob> jobs = new ConcurrentHashMap<>();
    private volatile boolean open;

    Runner(
            JobSpaces spaces,
            WarmPools pools,
            Bundles bundles,
            Sandbox sandbox,
            RunSettings settings,
            JobMetrics metrics) {
        this.spaces = spaces;
        this.pools = pools;
        this.bundles = bundles;
        this.sandbox = sandbox;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Takes a space for the job if one is free. An admitted job must be run. */
    public Admission admit(Job job) {
        if (!open) {
            return new Admission.Draining();
        }
        if (!sandbox.languages().contains(job.code().language())) {
            return new Admission.NoRuntime(job.code().language());
        }
        Optional<JobSpaces.Space> space = spaces.take();
        if (space.isEmpty()) {
            return new Admission.Full();
        }
        var admitted = new AdmittedJob(job, space.get(), this);
        if (jobs.putIfAbsent(job.id(), admitted) != null) {
            space.get().close();
            return new Admission.AlreadyRunning();
        }
        return new Admission.Admitted(admitted);
    }

    /** How many more jobs would be let in now. */
    public int remainingSpaces() {
        return spaces.remaining();
    }

    /** Stops a job; false when none of that id runs here. */
    public boolean cancel(String job) {
        AdmittedJob running = jobs.get(job);
        if (running == null) {
            return false;
        }
        running.cancel();
        return true;
    }

    @Override
    public void start() {
        if (!open) {
            metrics.show(spaces, pools, sandbox);
            open = true;
        }
    }

    /** Lets no more in and waits for those inside; what is left after the grace is lost. */
    @Override
    public void stop(Runnable callback) {
        open = false;
        Thread.ofVirtual().name("drain-jobs").start(() -> {
            try {
                drain();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public void stop() {
        open = false;
    }

    @Override
    public boolean isRunning() {
        return open;
    }

    /** Right after the drain began, while the servers still answer. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    private void drain() throws InterruptedException {
        log.info("{} jobs are running; waiting up to {} for them", jobs.size(), settings.drainGrace());
        jobs.values().forEach(AdmittedJob::stopBuilding);
        if (!spaces.awaitAllFree(settings.drainGrace())) {
            jobs.values().forEach(job -> job.stop(new Lost("the runner stopped before the job had ended")));
            spaces.awaitAllFree(settings.terminationGrace().plusSeconds(2));
        }
    }

    void forget(String id, AdmittedJob job) {
        jobs.remove(id, job);
    }

    WarmPools pools() {
        return pools;
    }

    Bundles bundles() {
        return bundles;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    RunSettings settings() {
        return settings;
    }

    JobMetrics metrics() {
        return metrics;
    }
}
