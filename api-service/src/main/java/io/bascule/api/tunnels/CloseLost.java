package io.bascule.api.tunnels;

import io.bascule.api.bridges.Bridge;
import io.bascule.api.bridges.BridgePresence;
import io.bascule.api.caller.RequestOrigin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Ends on record what no bridge has any more, once its ends must have given it up. */
@Component
class CloseLost {

    /** Longer than an opening ticket is good for. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    /** A minute longer than the ends wait for a bridge. */
    private static final Duration HOLD = Duration.ofMinutes(6);

    private final DetachedTunnels detached;
    private final RecordTunnels recordTunnels;
    private final LiveTunnels live;
    private final BridgePresence bridges;
    private final InstantSource clock;

    CloseLost(
            DetachedTunnels detached,
            RecordTunnels recordTunnels,
            LiveTunnels live,
            BridgePresence bridges,
            InstantSource clock) {
        this.detached = detached;
        this.recordTunnels = recordTunnels;
        this.live = live;
        this.bridges = bridges;
        this.clock = clock;
    }

    /**
     * To be called with each full report of a bridge; also looks after what bridges had that are not up any more.
     *
     * @param present the tunnels that the bridge has
     * @return how many were lost
     */
    int follow(String bridge, Collection<UUID> present, RequestOrigin origin) {
        Instant now = clock.instant();
        List<String> up = bridges.live().stream().map(Bridge::id).toList();
        detached.notePresent(bridge, present);
        detached.noteMissing(bridge, present, up, now.minus(GRACE), now);
        List<Tunnel> overdue = detached.overdue(now.minus(HOLD));
        for (Tunnel tunnel : overdue) {
            recordTunnels.lost(bridge, tunnel, origin);
            live.remove(tunnel, tunnel.epoch());
        }
        return overdue.size();
    }
}
