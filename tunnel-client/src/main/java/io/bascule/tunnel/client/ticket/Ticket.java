package io.bascule.tunnel.client.ticket;

import io.bascule.tunnel.client.proof.Inner;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket says, see {@code docs/protocol/tunnel.md}.
 *
 * @param id an opening ticket's is good once per end
 * @param bridge id of the bridge that it is for
 * @param boot boot id of that bridge; null in a standby ticket, which outlives it
 * @param epoch an opening ticket is good from it on, a standby ticket above it
 * @param agent who may take the agent end
 * @param client SHA-256 thumbprint (base64url) of the certificate that may take the client end
 * @param inner what the ends put around the bytes
 */
public record Ticket(
        Use use,
        String id,
        String bridge,
        @Nullable UUID boot,
        UUID tunnel,
        long epoch,
        String workspace,
        String user,
        Target target,
        UUID agent,
        String client,
        Inner inner,
        Instant issuedAt,
        Instant expiresAt) {

    /** What a ticket lets an end do. */
    public enum Use {
        /** Begin a tunnel. */
        OPENING("bascule-ticket+jwt"),

        /** Go on with a tunnel whose ends have met before. */
        STANDBY("bascule-standby+jwt");

        private final String type;

        Use(String type) {
            this.type = type;
        }

        /** The JWS header {@code typ}. */
        String type() {
            return type;
        }
    }

    /** Whether this lets an end attach with the epoch. */
    public boolean allows(long wanted) {
        return switch (use) {
            case OPENING -> wanted >= epoch;
            case STANDBY -> wanted > epoch;
        };
    }

    /** The epochs that are allowed, for a person. */
    public String allowedEpochs() {
        return (use == Use.OPENING ? ">= " : "> ") + epoch;
    }

    /** The resource that the agent dials. */
    public record Target(String id, String name, String kind, String host, int port) {

        @Override
        public String toString() {
            return name + " (" + host + ":" + port + ")";
        }
    }
}
