package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a task that does not run waits for, all of one moment.
 *
 * @param queue its queue's name, empty in the instant lane
 * @param runAt not before this moment
 * @param paused whether its queue starts nothing
 * @param limit how many tasks of its queue may run at once; 0 in the instant lane
 * @param running how many of its queue, or of the instant lane, run
 * @param workers how many workers of its lane were heard of lately
 * @param ahead tasks of its workspace that come before it, counted no further than {@link JdbcProspects#MOST_AHEAD}
 * @param heldBy the concurrency key that has no place for it
 * @param quota of its workspace, in the queued lane, if it has one
 */
public record Prospect(
        TaskState state,
        Lane lane,
        String queue,
        Instant runAt,
        boolean paused,
        int limit,
        int running,
        int workers,
        int ahead,
        @Nullable Key heldBy,
        @Nullable Quota quota) {

    /** A concurrency key and how many of its tasks may wait for a worker or run. */
    public record Key(String word, int limit) {}

    /** How many queued tasks of the workspace may run, and how many do. */
    public record Quota(int limit, int running) {

        public boolean isUsedUp() {
            return running >= limit;
        }
    }
}
