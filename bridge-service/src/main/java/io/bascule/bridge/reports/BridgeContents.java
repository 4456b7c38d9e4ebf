package io.bascule.bridge.reports;

import io.bascule.bridge.control.Agents;
import io.bascule.bridge.legs.ClosedTunnel;
import io.bascule.bridge.legs.ClosedTunnels;
import io.bascule.bridge.legs.Tunnels;
import io.bascule.bridge.phase.CurrentPhase;
import io.bascule.bridge.revocations.RevocationList;
import java.util.List;

/** Whoever and whatever is on this bridge. */
record BridgeContents(
        Agents agents, Tunnels tunnels, ClosedTunnels closed, CurrentPhase phase, RevocationList revocations) {

    /** Ends of tunnels in one report; more wait for the next. */
    private static final int MAX_CLOSED = 1_000;

    ReportDraft draft() {
        // Open before closed: a tunnel that ends in between is in both, and is over for the API.
        var open = tunnels.open();
        List<ClosedTunnel> over = closed.oldest(MAX_CLOSED);
        return new ReportDraft(phase.isDraining(), agents.connected(), open, over);
    }

    long revocationsKnown() {
        return revocations.known();
    }

    void confirmed(ReportDraft delivered) {
        closed.confirmed(delivered.closed());
    }
}
