package io.bascule.tasks.store;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * What a worker of the instant lane takes of workspaces that a hint named. Of each it gets the first by the order of any claim; the
 * ring is not walked, and who else waits is not looked for.
 *
 * @param room at least 1; no more is claimed
 * @param slots of each workspace at most this many, at least 1
 * @param tour where the last claim that walked the ring stopped, and the next one goes on
 */
public record NamedClaim(String worker, Duration lease, int room, Map<UUID, Integer> slots, Tour tour) {

    public NamedClaim {
        slots = Map.copyOf(slots);
    }
}
