package io.bascule.orchestrator.leadership;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the leader's steps while this pod leads: a virtual thread that renews the lease and one for each step. A step that
 * fails is called again after its rest; only a change between well and failing is logged.
 */
public class LeaderWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LeaderWork.class);

    private final Leadership leadership;
    private final Duration renewal;
    private final List<LeaderStep> steps;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch stop = new CountDownLatch(0);

    LeaderWork(Leadership leadership, Duration renewal, List<LeaderStep> steps) {
        this.leadership = leadership;
        this.renewal = renewal;
        this.steps = List.copyOf(steps);
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stop = new CountDownLatch(1);
        run("leadership", renewal, () -> {
            leadership.renew();
            return false;
        });
        steps.forEach(step -> run(step.name(), step.every(), () -> lead(step)));
    }

    /** Returns when no step runs any more and another pod may lead. */
    @Override
    public synchronized void stop() {
        stop.countDown();
        for (Thread thread : threads) {
            joined(thread);
        }
        threads.clear();
        try {
            leadership.resign();
        } catch (RuntimeException away) {
            log.warn("The lease could not be given back and runs out by itself: {}", away.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return stop.getCount() > 0;
    }

    private boolean lead(LeaderStep step) {
        OptionalLong fence = leadership.fence();
        return fence.isPresent() && step.step(fence.getAsLong());
    }

    private void run(String name, Duration every, Turn turn) {
        CountDownLatch stopped = stop;
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            boolean well = true;
            boolean more = false;
            while (more ? stopped.getCount() > 0 : !rested(stopped, well ? every : every.plusSeconds(1))) {
                try {
                    more = turn.take();
                    if (!well) {
                        log.info("{} works again", name);
                    }
                    well = true;
                } catch (RuntimeException failure) {
                    more = false;
                    if (well) {
                        log.warn("{} fails and is tried again: {}", name, failure.toString());
                    }
                    log.debug("{} fails", name, failure);
                    well = false;
                }
            }
        }));
    }

    private static boolean rested(CountDownLatch stopped, Duration time) {
        try {
            return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Turn {

        /** Returns whether to go on at once. */
        boolean take();
    }
}
