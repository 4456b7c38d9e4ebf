package io.bascule.tasks.store;

import java.time.Instant;

/**
 * Where the look for a workspace's tasks may begin, because those that came before were claimed: at tasks of at least this
 * priority that could run since this moment. Without it a look passes the index entries of all tasks that were claimed since the
 * last vacuum. It is a hint: a task that goes back to waiting, or whose submit committed late, may lie before it.
 */
public record Floor(Instant since, int priority) {

    /** The lower one, by priority and then time. */
    Floor and(Floor other) {
        if (priority != other.priority) {
            return priority < other.priority ? this : other;
        }
        return since.isBefore(other.since) ? this : other;
    }
}
