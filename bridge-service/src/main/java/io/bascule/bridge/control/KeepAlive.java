package io.bascule.bridge.control;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Pings all control streams every 20 s. */
final class KeepAlive implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final RepeatingStep repetition;
    private volatile boolean running;

    KeepAlive(OpenStreams streams) {
        this.repetition = new RepeatingStep("keep-alive", PAUSE, streams::pingAll);
    }

    @Override
    public void start() {
        repetition.start();
        running = true;
    }

    @Override
    public void stop() {
        repetition.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Goes on while the bridge drains. */
    @Override
    public int getPhase() {
        return 0;
    }
}
