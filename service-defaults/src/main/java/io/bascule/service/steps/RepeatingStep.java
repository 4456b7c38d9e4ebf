package io.bascule.service.steps;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a step again and again with a pause in between, on one virtual thread. A step that fails is called again all the same;
 * the log tells of the first failure of its kind and of the end of an outage. {@link #start} and {@link #stop} may be called repeatedly, by
 * any thread; stop returns when no step runs.
 */
public final class RepeatingStep {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatingStep.class);

    private final String name;
    private final Duration first;
    private final Duration pause;
    private final Runnable step;
    private @Nullable Class<?> failing;
    private @Nullable Run run;

    /** The first step comes after a pause. */
    public RepeatingStep(String name, Duration pause, Runnable step) {
        this(name, pause, pause, step);
    }

    private RepeatingStep(String name, Duration first, Duration pause, Runnable step) {
        this.name = name;
        this.first = first;
        this.pause = pause;
        this.step = step;
    }

    /** The first step comes at once. */
    public static RepeatingStep atOnce(String name, Duration pause, Runnable step) {
        return new RepeatingStep(name, Duration.ZERO, pause, step);
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
            for (Duration next = first; !stopped.await(next.toMillis(), TimeUnit.MILLISECONDS); next = pause) {
                runOnce();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            step.run();
            if (failing != null) {
                LOG.info("{}: works again", name);
            }
            failing = null;
        } catch (RuntimeException failure) {
            tell(failure);
        } catch (Error failure) {
            // Of memory, of a class: if the process can go on, so shall its steps.
            tell(failure);
        }
    }

    private void tell(Throwable failure) {
        if (failure.getClass().equals(failing)) {
            LOG.debug("{}: a step failed again", name, failure);
        } else {
            LOG.error(
                    "{}: a step failed; it is tried again each {}, and said once until it works", name, pause, failure);
        }
        failing = failure.getClass();
    }

    private record Run(CountDownLatch stopped, Thread thread) {}
}
