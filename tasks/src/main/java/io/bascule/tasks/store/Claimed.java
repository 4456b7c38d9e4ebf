package io.bascule.tasks.store;

import io.bascule.tasks.ClaimedTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a claim brought.
 *
 * @param tasks in the order in which to start them
 * @param tour where the next claim goes on
 * @param more whether the next claim may find more: not everything was looked at, or a workspace filled its part
 * @param floors where the next claims may begin: of all workspaces that have waiting tasks, or none
 */
public record Claimed(List<ClaimedTask> tasks, Tour tour, boolean more, Map<UUID, Floor> floors) {

    public Claimed {
        tasks = List.copyOf(tasks);
        floors = Map.copyOf(floors);
    }
}
