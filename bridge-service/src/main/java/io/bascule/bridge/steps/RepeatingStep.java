package io.bascule.bridge.steps;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a step again and again with a pause in between, on one virtual thread. A step that fails is logged and called
 * again. {@link #start} and {@link #stop} may be called repeatedly, by any thread; stop returns when no step runs.
 */
public final class RepeatingStep {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatingStep.class);

    private final String name;
    private final Duration pause;
    private final Runnable step;
    private @Nullable Run run;

    public RepeatingStep(String name, Duration pause, Runnable step) {
        this.name = name;
        this.pause = pause;
        this.step = step;
    }

    public synchronized void start() {
        if (run == null) {
            CountDownLatch stopped = new CountDownLatch(1);
            run = new Run(stopped, Thread.ofVirtual().name(name).start(() -> repeat(stopped)));
        }
    }

    public synchronized void stop() {
        if (run == null) {
            return;
        }
        run.stopped().countDown();
        try {
            run.thread().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        run = null;
    }

    private void repeat(CountDownLatch stopped) {
        try {
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                runOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            step.run();
        } catch (RuntimeException failure) {
            LOG.error("{}: a step failed; it is tried again in {}", name, pause, failure);
        }
    }

    private record Run(CountDownLatch stopped, Thread thread) {}
}
