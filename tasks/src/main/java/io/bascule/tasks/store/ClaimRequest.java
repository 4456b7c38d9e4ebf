package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * What a worker has room for.
 *
 * @param room free slots, at least 1; no more is claimed
 * @param share at most this many slots of the worker go to one workspace
 * @param busy slots that workspaces hold at this worker
 * @param tour where the last claim stopped
 * @param floors of workspaces of the instant lane, from an earlier claim; none to look at all that waits
 */
public record ClaimRequest(
        Lane lane,
        String worker,
        Duration lease,
        int room,
        int share,
        Map<UUID, Integer> busy,
        Tour tour,
        Map<UUID, Floor> floors) {

    /** Before the first workspace. */
    public static final Tour FROM_THE_START = Tour.behind(new UUID(0, 0));

    public ClaimRequest {
        busy = Map.copyOf(busy);
        floors = Map.copyOf(floors);
    }

    /** Whether it is enough to look at the workspace and the queues that come next. */
    boolean isNear() {
        return lane == Lane.QUEUED && room == 1 && busy.isEmpty() && tour.near();
    }

    /** How many tasks of a workspace are claimed if as many wait, when so many workspaces take part. */
    int part(UUID workspace, int workspaces) {
        return Math.min(Math.ceilDiv(room, Math.max(workspaces, 1)), share - busy.getOrDefault(workspace, 0));
    }
}
