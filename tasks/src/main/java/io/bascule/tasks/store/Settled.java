package io.bascule.tasks.store;

import io.bascule.tasks.TaskState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a settlement did. */
public sealed interface Settled {

    /** The task ended. */
    record Finished(UUID task, TaskState state, @Nullable String replyTo) implements Settled {}

    /** The task is kept for a later attempt. */
    record Postponed(UUID task, TaskState state) implements Settled {}

    /** Another attempt, or nobody, holds the task now: nothing was changed. */
    record Stale(UUID task) implements Settled {}
}
