package io.bascule.tasks.upkeep;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls each step in its rhythm on a thread of its own, until stopped. Start and stop may be called repeatedly. */
public class UpkeepLoop {

    private static final Logger LOG = LoggerFactory.getLogger(UpkeepLoop.class);

    private final List<UpkeepStep> steps;
    private @Nullable ScheduledExecutorService threads;

    public UpkeepLoop(List<UpkeepStep> steps) {
        this.steps = List.copyOf(steps);
    }

    public synchronized void start() {
        if (threads != null) {
            return;
        }
        ScheduledExecutorService started = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().name("task-upkeep-", 0).daemon().factory());
        for (UpkeepStep step : steps) {
            long every = step.every().toMillis();
            var _ = started.scheduleWithFixedDelay(() -> run(step), 0, every, TimeUnit.MILLISECONDS);
        }
        threads = started;
    }

    /** Returns when no step runs any more. */
    public synchronized void stop() {
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }

    /** The outermost loop: a step that fails is called again in its rhythm. */
    private static void run(UpkeepStep step) {
        try {
            step.step();
        } catch (RuntimeException failure) {
            LOG.warn(
                    "{} did not work; it is tried again in {}", step.getClass().getSimpleName(), step.every(), failure);
        }
    }
}
