package io.bascule.bridge.revocations;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a right.
 *
 * @param id grows with each; the API's
 * @param agent who carries the tunnel and is to be told
 * @param at when; it is forgotten once no ticket from before can be good any more
 */
public record Revocation(
        long id, Kind kind, UUID subject, @Nullable UUID agent, String reason, Instant at) {

    /** Whose right ends. */
    public enum Kind {
        TUNNEL,
        AGENT,
        /** One that this version does not know; it is passed over. */
        OTHER
    }
}
