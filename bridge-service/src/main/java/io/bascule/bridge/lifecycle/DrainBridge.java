package io.bascule.bridge.lifecycle;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.Migrations;
import io.bascule.bridge.legs.Migrations.Outcome;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.phase.Phase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has open tunnels go on over other bridges: asks their ends a few at a time, with jitter and not faster than they move, and lets go
 * of those that outlast the budget. None is ended.
 */
final class DrainBridge {

    private static final Logger LOG = LoggerFactory.getLogger(DrainBridge.class);
    private static final Duration STEP = Duration.ofMillis(50);

    /** A tunnel more takes so much longer, until a third of the budget is reached. */
    private static final Duration A_TUNNEL = Duration.ofMillis(20);

    /** More at once and, on a machine with little time to spare, all of them would be late at the other bridge and begin again. */
    static final int MOST_UNDER_WAY = 100;

    /** One that has not moved by then, perhaps because it cannot, keeps no other from it. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final CurrentPhase phase;
    private final Tunnels tunnels;
    private final Migrations migrations;
    private final Agents agents;
    private final InstantSource clock;
    private final Duration budget;

    DrainBridge(
            CurrentPhase phase,
            Tunnels tunnels,
            Migrations migrations,
            Agents agents,
            InstantSource clock,
            Duration budget) {
        this.phase = phase;
        this.tunnels = tunnels;
        this.migrations = migrations;
        this.agents = agents;
        this.clock = clock;
        this.budget = budget;
    }

    /** Returns when no tunnel is left. An interrupt ends the waiting, not the tunnels' right to go on elsewhere. */
    void drain() {
        if (!phase.moveTo(Phase.DRAINING)) {
            return;
        }
        tunnels.stopAdmitting();
        agents.announceDrain();
        LOG.info("drain: {} tunnels have {} to go on over another bridge", tunnels.live(), budget);
        try {
            if (moveAll()) {
                LOG.info("drain: no tunnel is left here; {}", state());
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("drain: {} tunnels are still here and lose their legs; {}", tunnels.live(), state());
        tunnels.abandonAll("the bridge has stopped");
    }

    /** How far it is. */
    DrainState state() {
        return new DrainState(
                phase.get(),
                tunnels.live(),
                migrations.asked(),
                migrations.settled(Outcome.MOVED),
                migrations.settled(Outcome.ENDED),
                migrations.settled(Outcome.STRANDED));
    }

    /** Asks evenly over the time there is for it, give or take; those that are paired meanwhile too. */
    private boolean moveAll() throws InterruptedException {
        var end = clock.instant().plus(budget);
        int all = tunnels.live();
        long steps =
                Math.max(1, Math.min(A_TUNNEL.multipliedBy(all).toMillis(), budget.toMillis() / 3) / STEP.toMillis());
        int most = (int) (2L * all / steps) + 1;
        Duration left = budget;
        while (left.isPositive()) {
            int room = MOST_UNDER_WAY - tunnels.movingSince(clock.instant().minus(PATIENCE));
            tunnels.migrate(Math.min(room, 1 + ThreadLocalRandom.current().nextInt(most)), left);
            if (tunnels.awaitNone(left.compareTo(STEP) < 0 ? left : STEP)) {
                return true;
            }
            left = Duration.between(clock.instant(), end);
        }
        return tunnels.live() == 0;
    }
}
