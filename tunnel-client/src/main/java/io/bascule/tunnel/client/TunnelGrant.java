package io.bascule.tunnel.client;

import io.bascule.tunnel.client.proof.Inner;
import io.bascule.tunnel.client.proof.OtherEnd;
import java.util.List;
import java.util.UUID;

/**
 * The right to one end of a tunnel.
 *
 * @param tunnel its id
 * @param epoch the first epoch to attach with
 * @param bridges where to begin, with opening tickets, the preferred one first; at least one
 * @param standbys where to go on once both ends have met, with standby tickets; none for an agent end, which is called
 * @param otherEnd who has to be at the other side
 * @param inner what both ends put around the bytes
 */
public record TunnelGrant(
        UUID tunnel,
        long epoch,
        List<GrantedBridge> bridges,
        List<GrantedBridge> standbys,
        OtherEnd otherEnd,
        Inner inner) {

    public TunnelGrant {
        bridges = List.copyOf(bridges);
        standbys = List.copyOf(standbys);
        if (bridges.isEmpty()) {
            throw new IllegalArgumentException("bridges: none (expected: at least one)");
        }
    }
}
