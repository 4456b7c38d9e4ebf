package io.bascule.api.queues;

import io.bascule.tasks.store.Queue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue as callers see it. Ready, delayed and held tasks are counted up to 10,000 each; 10,001 stands for more.
 *
 * @param paused nothing new of it is started
 * @param concurrencyLimit at most this many of its tasks run at once
 * @param keyLimit at most this many of its tasks with the same concurrency key run at once
 * @param ready tasks that wait for a worker
 * @param delayed tasks whose time has not come
 * @param held tasks that wait for others with the same concurrency key
 * @param oldestReadyAt since when the first of the ready tasks waits
 */
record QueueView(
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
        Instant updatedAt) {

    static QueueView of(Queue queue) {
        return new QueueView(
                queue.name(),
                queue.paused(),
                queue.concurrencyLimit(),
                queue.keyLimit(),
                queue.ready(),
                queue.running(),
                queue.delayed(),
                queue.held(),
                queue.oldestReadyAt(),
                queue.createdAt(),
                queue.updatedAt());
    }
}
