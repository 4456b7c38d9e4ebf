package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.Cancelled;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.sandbox.ProcessRefusedException;
import io.bascule.runner.sandbox.Sandbox;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job that has a space: it is run once, and gives the space back when nothing of it is left. */
public final class AdmittedJob {

    private final Job job;
    private final JobSpaces.Space space;
    private final Runner runner;
    private @Nullable RunningJob running;
    private @Nullable JobOutcome stoppedEarly;

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
        }
        if (target != null) {
            target.stop(why);
        }
    }

    private JobReport runInProcess(JobListener listener) throws InterruptedException {
        long asked = runner.settings().clock().nanos();
        Optional<PreparedProcess> warm =
                runner.pools().take(job.code().language(), job.limits().memory());
        try (PreparedProcess process = warm.orElseGet(() -> startCold(runner.sandbox()))) {
            runner.metrics()
                    .started(
                            warm.isPresent(),
                            Duration.ofNanos(runner.settings().clock().nanos() - asked));
            listener.started(warm.isPresent());
            return begin(new RunningJob(job, process, listener, runner.settings()))
                    .run();
        } catch (ProcessRefusedException refused) {
            return new JobReport(new Lost(String.valueOf(refused.getMessage())), Duration.ZERO, Duration.ZERO, 0, 0);
        }
    }

    private PreparedProcess startCold(Sandbox sandbox) {
        return PreparedProcess.start(
                sandbox, job.code().language(), job.limits().memory());
    }

    private synchronized RunningJob begin(RunningJob begun) {
        running = begun;
        if (stoppedEarly != null) {
            begun.stop(stoppedEarly);
        }
        return begun;
    }
}
