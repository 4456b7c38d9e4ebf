package io.bascule.api.scaling.replicas;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/** Says every few seconds that this pod is up, and takes the steps of the autoscalers, while the service runs. */
class WatchScaling implements SmartLifecycle {

    private static final Duration BEAT = Duration.ofSeconds(3);

    private final ApiPods pods;
    private final TakeScalingSteps steps;
    private final Duration every;
    private ScheduledExecutorService turns = stopped();

    WatchScaling(ApiPods pods, TakeScalingSteps steps, Duration every) {
        this.pods = pods;
        this.steps = steps;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            turns = Executors.newScheduledThreadPool(
                    2, Thread.ofPlatform().name("scaling-", 0).daemon().factory());
            repeat("the beat of this pod", pods::beat, Duration.ZERO, BEAT);
            repeat("a step of scaling", steps::take, every, every);
        }
    }

    @Override
    public synchronized void stop() {
        if (isRunning()) {
            turns.shutdownNow();
            new QuietTurn("leaving", pods::leave).run();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return !turns.isShutdown();
    }

    /** The next turn tries again; who looks sees how old the last step is. */
    private void repeat(String what, Runnable action, Duration first, Duration rest) {
        var _ = turns.scheduleAtFixedRate(
                new QuietTurn(what, action), first.toMillis(), rest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService stopped() {
        var none = Executors.newScheduledThreadPool(0);
        none.shutdown();
        return none;
    }
}
