package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.HitLimit;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Passes a job's log on, line by line and up to its limit, whichever way the job wrote it. Safe for two threads. */
final class JobLog {

    private final JobListener listener;
    private final NanoClock clock;
    private final int mostBytes;
    private final Consumer<HitLimit> onLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private long startedNanos;
    private int passedBytes;

    JobLog(JobListener listener, NanoClock clock, int mostBytes, Consumer<HitLimit> onLimit) {
        this.listener = listener;
        this.clock = clock;
        this.mostBytes = mostBytes;
        this.onLimit = onLimit;
    }

    void startAt(long nanos) {
        startedNanos = nanos;
    }

    /** By its console. */
    void logged(ChannelMessage.Log line) {
        pass(line.level(), line.text(), line.bytes());
    }

    /** Past its console. */
    void printed(String text, int bytes) {
        pass(LogLevel.INFO, text, bytes);
    }

    int passedBytes() {
        lock.lock();
        try {
            return passedBytes;
        } finally {
            lock.unlock();
        }
    }

    private void pass(LogLevel level, String text, int bytes) {
        lock.lock();
        try {
            if (bytes > mostBytes - passedBytes) {
                onLimit.accept(new HitLimit(LimitKind.LOG, mostBytes));
                return;
            }
            passedBytes += bytes;
            listener.logged(level, Duration.ofNanos(clock.nanos() - startedNanos), text);
        } finally {
            lock.unlock();
        }
    }
}
