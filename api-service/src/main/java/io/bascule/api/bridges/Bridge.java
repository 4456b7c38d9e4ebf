package io.bascule.api.bridges;

import io.bascule.api.audit.AuditEvent.Actor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bridge as it last reported.
 *
 * @param address host and port to dial
 * @param authority the name in its certificate, sent as SNI
 * @param bootId new at each start of the bridge
 * @param draining whether it stops soon and takes nothing new
 * @param sequence number of its last report since it started
 * @param startedAt when the first report of this boot came
 * @param fullAt when its last full report came; null when none has
 */
public record Bridge(
        String id,
        String address,
        String authority,
        UUID bootId,
        boolean draining,
        long sequence,
        Instant startedAt,
        @Nullable Instant fullAt) {

    static Actor actor(String bridge) {
        return new Actor(Actor.Kind.SERVICE, bridge, bridge);
    }
}
