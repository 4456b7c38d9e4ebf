package io.bascule.api.queues;

import io.bascule.tasks.store.Queue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A queue as callers see it.
 *
 * @param paused nothing new of it is started
 * @param concurrencyLimit at most this many of its tasks run at once
 * @param ready tasks that wait for a worker
 * @param delayed tasks whose time has not come
 * @param oldestReadyAt since when the first of the ready tasks waits
 */
record QueueView(
        String name,
        boolean paused,
        int concurrencyLimit,
        long ready,
        long running,
        long delayed,
        @Nullable Instant oldestReadyAt,
        Instant createdAt,
        Instant updatedAt) {

    static QueueView of(Queue queue) {
        return new QueueView(
                queue.name(),
                queue.paused(),
                queue.concurrencyLimit(),
                queue.ready(),
                queue.running(),
                queue.delayed(),
                queue.oldestReadyAt(),
                queue.createdAt(),
                queue.updatedAt());
    }
}
