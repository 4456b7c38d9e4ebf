package io.bascule.runner.jobs;

import io.bascule.runner.egress.EgressListener;
import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.sandbox.LimitKeeper;
import io.bascule.runner.sandbox.ProcessExit;
import io.bascule.runner.sandbox.ProcessSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One job inside its process: hands it over, listens, and ends the process when the job has answered or must stop,
 * whichever is first.
 */
final class RunningJob {

    private final Job job;
    private final PreparedProcess prepared;
    private final JobListener listener;
    private final JobLog log;
    private final JobProgress progress;
    private final RunSettings settings;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable JobOutcome> stopped = new AtomicReference<>();

    RunningJob(Job job, PreparedProcess prepared, JobListener listener, RunSettings settings) {
        this.job = job;
        this.prepared = prepared;
        this.listener = listener;
        this.settings = settings;
        this.log = new JobLog(listener, settings.clock(), job.limits().logBytes(), this::stop);
        this.progress = new JobProgress(listener, settings.clock());
    }

    /** Runs it to its end; the process has ended when this returns. */
    JobReport run() throws InterruptedException {
        long started = settings.clock().nanos();
        log.startAt(started);
        var output = new OutputReader(prepared.process().output(), log::printed);
        var check = new LimitCheck(
                job.limits(),
                settings.box(),
                prepared.startupCpu(),
                prepared.process().keeper() == LimitKeeper.CGROUP);
        var watchdog = new Watchdog(check, prepared.process(), settings.clock(), this::stop);
        Thread.ofVirtual().name("watchdog-" + job.id()).start(() -> watchdog.watch(started, ended));
        Thread egress = Thread.ofVirtual().name("egress-" + job.id()).start(this::serveEgress);
        Thread printing = Thread.ofVirtual().name("output-" + job.id()).start(output::readAll);

        ChannelMessage last = converse();
        Duration wall = Duration.ofNanos(settings.clock().nanos() - started);
        if (stopped.get() == null) {
            prepared.process().signal(ProcessSignal.KILL);
        }
        ProcessExit exit = prepared.process().awaitExit();
        ended.countDown();
        printing.join();
        egress.join();
        JobOutcome stop = stopped.get();
        var verdict = new Verdict(last, exit, output.saidHeapExhausted(), job.limits(), settings.box());
        return report(stop != null ? stop : named(verdict, check), wall, exit);
    }

    /** What stopped a function is named, whatever it made of it. */
    private JobOutcome named(Verdict verdict, LimitCheck check) {
        JobOutcome outcome = verdict.outcome();
        if (!(outcome instanceof Failed)) {
            return outcome;
        }
        return new Blame(check, prepared.process().kernelHits(), verdict.isKilled())
                .outcome()
                .or(() -> check.fullDirectory(
                        prepared.process().directoryUse(settings.box().files())))
                .orElse(outcome);
    }

    /** Ends the job for this reason, unless it has ended or another reason came first. */
    void stop(JobOutcome why) {
        if (!stopped.compareAndSet(null, why)) {
            return;
        }
        boolean atOnce = why instanceof HitLimit(LimitKind kind, long _) && kind.ending() == LimitKind.Ending.AT_ONCE;
        if (atOnce) {
            prepared.process().signal(ProcessSignal.KILL);
        } else {
            prepared.process().signal(ProcessSignal.TERMINATE);
            Thread.ofVirtual().name("kill-" + job.id()).start(this::killAfterGrace);
        }
    }

    private void killAfterGrace() {
        try {
            if (!ended.await(settings.terminationGrace().toMillis(), TimeUnit.MILLISECONDS)) {
                prepared.process().signal(ProcessSignal.KILL);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serveEgress() {
        settings.egress().serve(prepared.process().egress(), job.egress(), new EgressListener() {
            @Override
            public void limitReached() {
                stop(new HitLimit(LimitKind.EGRESS, job.egress().mostBytes()));
            }

            @Override
            public void resourceWanted(String connection, String resource) {
                listener.resourceWanted(connection, resource);
            }
        });
    }

    private ChannelMessage converse() {
        try {
            prepared.channel().send(settings.describe(job, prepared.bundle()), source(), utf8(job.input()));
        } catch (IOException gone) {
            return new ChannelMessage.Closed();
        }
        ChannelMessage message = prepared.channel().read(job.limits().outputBytes());
        while (message instanceof ChannelMessage.Log || message instanceof ChannelMessage.Progress) {
            if (message instanceof ChannelMessage.Log line) {
                log.logged(line);
            } else if (message instanceof ChannelMessage.Progress step) {
                progress.take(step);
            }
            message = prepared.channel().read(job.limits().outputBytes());
        }
        return message;
    }

    private JobReport report(JobOutcome outcome, Duration wall, ProcessExit exit) {
        Duration cpu = exit.cpu().minus(prepared.startupCpu());
        return new JobReport(
                outcome,
                wall,
                cpu.isNegative() ? Duration.ZERO : cpu,
                exit.peakMemoryBytes(),
                log.passedBytes(),
                prepared.process().keeper());
    }

    private byte[] source() {
        return switch (job.code().program()) {
            case Code.Source(String text) -> utf8(text);
            case Code.Files _ -> new byte[0];
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
