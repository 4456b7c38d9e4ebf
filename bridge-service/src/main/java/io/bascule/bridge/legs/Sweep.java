package io.bascule.bridge.legs;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Looks four times a second for legs and tunnels that waited too long. */
final class Sweep implements SmartLifecycle {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Tunnels tunnels;
    private final OpenLegs openLegs;
    private final UsedTickets used;
    private final RepeatingStep repetition = new RepeatingStep("sweep", PAUSE, this::step);
    private volatile boolean running;

    Sweep(Tunnels tunnels, OpenLegs openLegs, UsedTickets used) {
        this.tunnels = tunnels;
        this.openLegs = openLegs;
        this.used = used;
    }

    void step() {
        EachAlone each = new EachAlone();
        each.attempt(openLegs::endLate);
        each.attempt(tunnels::sweep);
        each.attempt(used::forgetExpired);
        each.tell();
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
