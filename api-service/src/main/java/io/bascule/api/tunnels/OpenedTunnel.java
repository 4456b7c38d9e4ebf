package io.bascule.api.tunnels;

import io.bascule.api.certificates.IssuedCertificate;
import java.util.List;

/**
 * A tunnel whose ends can attach now.
 *
 * @param inner what its ends put around the bytes: {@code tls} or {@code none}
 * @param entrances the bridges it can be opened on, the best first
 * @param standbys the bridges it can go on over later
 */
record OpenedTunnel(
        Tunnel tunnel, IssuedCertificate certificate, String inner, List<Entrance> entrances, List<Entrance> standbys) {

    OpenedTunnel {
        entrances = List.copyOf(entrances);
        standbys = List.copyOf(standbys);
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
