package io.bascule.agent.platform;

import io.bascule.tunnel.client.EndCredentials;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an agent has once it has joined.
 *
 * @param ticketKeys base64 public keys by their id
 * @param bridges as they were known last; at least one
 */
public record Membership(
        UUID id,
        String name,
        EndCredentials credentials,
        Map<String, String> ticketKeys,
        List<BridgeLocation> bridges) {

    public Membership {
        ticketKeys = Map.copyOf(ticketKeys);
        bridges = List.copyOf(bridges);
    }
}
