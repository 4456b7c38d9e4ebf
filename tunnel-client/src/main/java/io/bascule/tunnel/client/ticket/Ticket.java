package io.bascule.tunnel.client.ticket;

import java.time.Instant;
import java.util.UUID;

/**
 * What a ticket says, see {@code docs/protocol/tunnel.md}.
 *
 * @param id each is good once per end
 * @param bridge id of the bridge that it is for
 * @param boot boot id of that bridge
 * @param epoch first epoch it is good for
 * @param agent who may take the agent end
 * @param client SHA-256 thumbprint (base64url) of the certificate that may take the client end
 */
public record Ticket(
        String id,
        String bridge,
        UUID boot,
        UUID tunnel,
        long epoch,
        String workspace,
        String user,
        Target target,
        UUID agent,
        String client,
        Instant expiresAt) {

    /** The resource that the agent dials. */
    public record Target(String id, String name, String kind, String host, int port) {

        @Override
        public String toString() {
            return name + " (" + host + ":" + port + ")";
        }
    }
}
