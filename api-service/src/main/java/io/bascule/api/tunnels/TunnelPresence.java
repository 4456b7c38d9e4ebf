package io.bascule.api.tunnels;

import io.bascule.api.bridges.BridgePresence;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes a tunnel seen that no bridge has reported yet. */
@Component
class TunnelPresence {

    private final LiveTunnels live;
    private final BridgePresence bridges;

    TunnelPresence(LiveTunnels live, BridgePresence bridges) {
        this.live = live;
        this.bridges = bridges;
    }

    void opening(Tunnel tunnel) {
        live.put(List.of(LiveTunnel.of(tunnel)));
        bridges.assigned(tunnel.bridge());
    }
}
