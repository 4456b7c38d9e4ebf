package io.bascule.tasks.store;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What came of submitting a task. */
public sealed interface Submission {

    /** It is stored and will run. */
    record Accepted(
            NewTask task,
            TaskState state,
            Instant createdAt,
            Instant runAt,
            @Nullable Instant deadline) implements Submission {}

    /** A live task with the same dedupe word stands for it. */
    record Duplicate(UUID existing) implements Submission {}

    /** The same request was accepted before under the same idempotency key. */
    record Repeated(UUID existing) implements Submission {}

    /** The idempotency key belongs to a different request. */
    record KeyTaken() implements Submission {}

    /** The workspace has no such queue; nothing was stored. */
    record NoQueue(String queue) implements Submission {}
}
