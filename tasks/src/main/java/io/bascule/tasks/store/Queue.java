package io.bascule.tasks.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue of a workspace and what it holds, all of one moment. Ready, delayed and held tasks are counted up to 10,000 each; 10,001
 * stands for more.
 *
 * @param concurrencyLimit at most this many of its tasks run at once, 1 to 10,000
 * @param keyLimit at most this many of its tasks with the same concurrency key are let in at once, 1 to 10,000
 * @param ready tasks that wait and may run
 * @param running tasks that run; more than the limit for a while after that was lowered
 * @param delayed scheduled and retrying tasks, whose time has not come
 * @param held tasks that wait for others with the same concurrency key
 * @param oldestReadyAt since when the first of the ready tasks could have run; null when none is ready
 * @param revision grows with every change of the settings
 */
public record Queue(
        String name,
        boolean paused,
        int concurrencyLimit,
        int keyLimit,
        long ready,
        long running,
        long delayed,
        long held,
        @Nullable Instant oldestReadyAt,
        Instant createdAt,
        Instant updatedAt,
        long revision) {

    /** Whether nothing waits, runs, is delayed or held in it. */
    public boolean isEmpty() {
        return ready == 0 && running == 0 && delayed == 0 && held == 0;
    }
}
