package io.bascule.bridge.lifecycle;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.phase.Phase;
import io.bascule.tunnel.ResetCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets open tunnels end by themselves while no new ones come, and ends those that outlast the budget. */
final class DrainBridge {

    private static final Logger LOG = LoggerFactory.getLogger(DrainBridge.class);

    private final CurrentPhase phase;
    private final Tunnels tunnels;
    private final Agents agents;
    private final Duration budget;

    DrainBridge(CurrentPhase phase, Tunnels tunnels, Agents agents, Duration budget) {
        this.phase = phase;
        this.tunnels = tunnels;
        this.agents = agents;
        this.budget = budget;
    }

    /** Returns when no tunnel is left. An interrupt ends the waiting, not the tunnels' right to be told. */
    void drain() {
        if (!phase.moveTo(Phase.DRAINING)) {
            return;
        }
        tunnels.stopAdmitting();
        agents.announceDrain();
        LOG.info("drain: {} tunnels have {} to end", tunnels.live(), budget);
        try {
            if (tunnels.awaitNone(budget)) {
                LOG.info("drain: all tunnels have ended");
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.warn("drain: {} tunnels are still open and are reset", tunnels.live());
        tunnels.resetAll(
                ResetCode.REVOKED,
                "the bridge was stopped and its time for open tunnels (" + budget.toSeconds()
                        + " s) is over; open the tunnel again");
    }
}
