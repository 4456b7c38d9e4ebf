package io.bascule.api.tunnels;

import io.bascule.api.certificates.IssuedCertificate;
import java.util.List;

/**
 * A tunnel whose ends can attach now.
 *
 * @param entrances the bridges it can be attached to, the best first
 */
record OpenedTunnel(Tunnel tunnel, IssuedCertificate certificate, List<Entrance> entrances) {

    OpenedTunnel {
        entrances = List.copyOf(entrances);
    }

    /** A bridge and the ticket for it. */
    record Entrance(String id, String address, String authority, String ticket) {

        /** Never shows the ticket. */
        @Override
        public String toString() {
            return "Entrance[id=%s, address=%s]".formatted(id, address);
        }
    }
}
