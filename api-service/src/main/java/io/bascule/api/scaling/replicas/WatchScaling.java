package io.bascule.api.scaling.replicas;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Says every few seconds that this pod is up, and takes the steps of the autoscalers, while the service runs. */
class WatchScaling implements SmartLifecycle {

    private static final Duration BEAT = Duration.ofSeconds(3);

    private final ApiPods pods;
    private final RepeatingStep beats;
    private final RepeatingStep steps;
    private volatile boolean running;

    WatchScaling(ApiPods pods, TakeScalingSteps steps, Duration every) {
        this.pods = pods;
        this.beats = RepeatingStep.atOnce("scaling-beat", BEAT, pods::beat);
        this.steps = new RepeatingStep("scaling-step", every, steps::take);
    }

    @Override
    public void start() {
        running = true;
        beats.start();
        steps.start();
    }

    @Override
    public void stop() {
        if (running) {
            running = false;
            steps.stop();
            beats.stop();
            pods.leave();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
