package io.bascule.tunnel.client;

import java.util.List;
import java.util.UUID;

/**
 * The right to one end of a tunnel.
 *
 * @param tunnel its id
 * @param epoch the first epoch to attach with
 * @param bridges where, the preferred one first; at least one
 */
public record TunnelGrant(UUID tunnel, long epoch, List<GrantedBridge> bridges) {

    public TunnelGrant {
        bridges = List.copyOf(bridges);
        if (bridges.isEmpty()) {
            throw new IllegalArgumentException("bridges: none (expected: at least one)");
        }
    }
}
