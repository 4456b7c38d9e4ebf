package io.bascule.runner.jobs;

import io.bascule.bundles.InvalidBundleException;
import io.bascule.runner.bundle.BundleUnavailableException;
import io.bascule.runner.bundle.Bundles;
import io.bascule.runner.jobs.JobOutcome.Cancelled;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.jobs.JobOutcome.NotBuilt;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that has a space: it is run once, and gives the space back when nothing of it is left. */
public final class AdmittedJob {

    /** It has not begun, so it can elsewhere at once. */
    private static final Lost RUNNER_LEAVES = new Lost("the runner stopped before the job had begun");

    private final Job job;
    private final JobSpaces.Space space;
    private final Runner runner;
    private @Nullable RunningJob running;
    private @Nullable JobOutcome stoppedEarly;
    /** Who makes its bundle ready, while that is done. */
    private @Nullable Thread building;

    AdmittedJob(Job job, JobSpaces.Space space, Runner runner) {
        this.job = job;
        this.space = space;
        this.runner = runner;
    }

    /** Runs it; blocks until it has ended and been cleaned up. */
    public JobReport run(JobListener listener) throws InterruptedException {
        try (var _ = space) {
            return runner.metrics().ended(runInProcess(listener));
        } finally {
            runner.forget(job.id(), this);
        }
    }

    /** Ends it because its caller wants it to be. */
    public void cancel() {
        stop(new Cancelled());
    }

    /** Ends it for this reason, now or as soon as it begins. */
    void stop(JobOutcome why) {
        RunningJob target;
        synchronized (this) {
            target = running;
            stoppedEarly = why;
            if (building != null) {
                building.interrupt();
            }
        }
        if (target != null) {
            target.stop(why);
        }
    }

    /** Ends it if its bundle is being made ready: the runner leaves. */
    synchronized void stopBuilding() {
        if (building != null) {
            stop(RUNNER_LEAVES);
        }
    }

    private JobReport runInProcess(JobListener listener) throws InterruptedException {
        return switch (job.code().program()) {
            case Code.Source _ -> runWith(null, listener);
            case Code.Files files -> runBundle(files, listener);
        };
    }

    private JobReport runBundle(Code.Files files, JobListener listener) throws InterruptedException {
        try (var held = build(files)) {
            return runWith(held, listener);
        } catch (InvalidBundleException invalid) {
            return without(stoppedOr(new NotBuilt(String.valueOf(invalid.getMessage()), false)));
        } catch (BundleUnavailableException away) {
            return without(stoppedOr(new NotBuilt(String.valueOf(away.getMessage()), true)));
        } catch (InterruptedException interrupted) {
            JobOutcome why = whyStopped();
            if (why == null) {
                throw interrupted;
            }
            return without(why);
        }
    }

    /** Whoever stops the job meanwhile interrupts it. */
    private Bundles.Held build(Code.Files files)
            throws InvalidBundleException, BundleUnavailableException, InterruptedException {
        synchronized (this) {
            if (stoppedEarly == null && !runner.isRunning()) {
                stoppedEarly = RUNNER_LEAVES;
            }
            if (stoppedEarly != null) {
                throw new InterruptedException("stopped before it began");
            }
            building = Thread.currentThread();
        }
        try {
            return runner.bundles().hold(job.code().language(), files.archive(), files.main());
        } finally {
            synchronized (this) {
                building = null;
                if (stoppedEarly != null) {
                    var _ = Thread.interrupted();
                }
            }
        }
    }

    private JobOutcome stoppedOr(JobOutcome otherwise) {
        JobOutcome why = whyStopped();
        return why == null ? otherwise : why;
    }

    private synchronized @Nullable JobOutcome whyStopped() {
        return stoppedEarly;
    }

    private JobReport runWith(Bundles.@Nullable Held bundle, JobListener listener) throws InterruptedException {
        long asked = runner.settings().clock().nanos();
        Optional<PreparedProcess> warm =
                runner.pools().take(job.code().language(), job.limits().memory(), bundle);
        try (PreparedProcess process = warm.orElseGet(() -> startCold(runner.sandbox(), bundle))) {
            runner.metrics()
                    .started(
                            warm.isPresent(),
                            Duration.ofNanos(runner.settings().clock().nanos() - asked));
            listener.started(warm.isPresent(), process.process().keeper());
            return begin(new RunningJob(job, process, listener, runner.settings()))
                    .run();
        } catch (ProcessRefusedException refused) {
            return without(new Lost(String.valueOf(refused.getMessage())));
        }
    }

    /** Of a job that had no process. */
    private JobReport without(JobOutcome outcome) {
        return new JobReport(
                outcome,
                Duration.ZERO,
                Duration.ZERO,
                0,
                0,
                runner.sandbox().confinement().limits());
    }

    private PreparedProcess startCold(Sandbox sandbox, Bundles.@Nullable Held bundle) {
        return PreparedProcess.start(
                sandbox, job.code().language(), job.limits().memory(), bundle == null ? null : bundle.directory());
    }

    private synchronized RunningJob begin(RunningJob begun) {
        running = begun;
        if (stoppedEarly != null) {
            begun.stop(stoppedEarly);
        }
        return begun;
    }
}
