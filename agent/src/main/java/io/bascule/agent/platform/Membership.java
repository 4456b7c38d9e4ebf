package io.bascule.agent.platform;

import io.bascule.tunnel.client.EndCredentials;
import java.time.Instant;
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

    /** When its certificate is no longer good. */
    public Instant expiresAt() {
        return life().until();
    }

    CertificateLife life() {
        return CertificateLife.of(credentials.certificateChain().getFirst());
    }

    /** What somebody has to do about an agent that was not able to renew its certificate. */
    public String whyExpired() {
        return ("the certificate of this agent expired at %s, so no bridge takes it any more; let it join again: make a token"
                        + " (`bascule agent token %s`) and start the agent with it (--join-token or BASCULE_JOIN_TOKEN)")
                .formatted(expiresAt(), name);
    }

    /** The same agent with a new certificate. */
    Membership renewed(EndCredentials now, Map<String, String> keys) {
        return new Membership(id, name, now, keys, bridges);
    }

    Membership withBridges(List<BridgeLocation> up) {
        return new Membership(id, name, credentials, ticketKeys, up);
    }
}
