package io.bascule.api.bridges;

import io.bascule.api.caller.RequestOrigin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the tunnels' feature makes of bridges' reports. */
public interface CarriedTunnels {

    /**
     * Takes a report in. May be called again with the same report, and with an older one after a newer one.
     *
     * @return the tunnels that the bridge has to close; repeated until it reports them as closed
     */
    List<Closing> follow(String bridge, BridgeReport report, RequestOrigin origin);

    /** What a bridge may not know to be revoked; nothing while that cannot be read. */
    Optional<List<Revocation>> revocations(long known);

    /**
     * Ends tickets before their time.
     *
     * @param kind {@code tunnel} or {@code agent}
     * @param agent who is told
     * @param at when; it is forgotten once no ticket from before can be good any more
     */
    record Revocation(
            long id, String kind, UUID subject, @Nullable UUID agent, String reason, Instant at) {}

    /** A tunnel to close, and why, in words for both ends. */
    record Closing(UUID tunnel, String reason) {}
}
