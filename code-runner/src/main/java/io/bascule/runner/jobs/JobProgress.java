package io.bascule.runner.jobs;

import java.time.Duration;

/** Passes on how far a job says it is: forwards only, and what comes too soon after the last word is left out. */
final class JobProgress {

    private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();
    private static final int DONE = 100;

    private final JobListener listener;
    private final NanoClock clock;
    private int furthest = -1;
    private long lastNanos;

    JobProgress(JobListener listener, NanoClock clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void take(ChannelMessage.Progress said) {
        long now = clock.nanos();
        boolean first = furthest < 0;
        boolean due = first || now - lastNanos >= BETWEEN_NANOS || (said.percent() == DONE && furthest < DONE);
        if (said.percent() >= furthest && due) {
            furthest = said.percent();
            lastNanos = now;
            listener.progressed(said.percent(), said.message());
        }
    }
}
