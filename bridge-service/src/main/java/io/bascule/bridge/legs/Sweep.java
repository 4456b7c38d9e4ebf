package io.bascule.bridge.legs;

import io.bascule.service.steps.RepeatingStep;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Looks four times a second for legs and tunnels that waited too long, and now and then for what may be forgotten. */
final class Sweep implements SmartLifecycle {

    static final Duration PAUSE = Duration.ofMillis(250);

    /** What is over is remembered for minutes: of a busy bridge that is a hundred thousand tunnels to look at. */
    private static final int STEPS_TO_FORGET = 20;

    private final Tunnels tunnels;
    private final OpenLegs openLegs;
    private final UsedTickets used;
    private final RepeatingStep repetition = new RepeatingStep("sweep", PAUSE, this::step);
    private volatile boolean running;
    private int steps;

    Sweep(Tunnels tunnels, OpenLegs openLegs, UsedTickets used) {
        this.tunnels = tunnels;
        this.openLegs = openLegs;
        this.used = used;
    }

    void step() {
        EachAlone each = new EachAlone();
        each.attempt(openLegs::endLate);
        each.attempt(tunnels::endLate);
        if (++steps % STEPS_TO_FORGET == 0) {
            each.attempt(tunnels::forgetOld);
            each.attempt(used::forgetExpired);
        }
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
