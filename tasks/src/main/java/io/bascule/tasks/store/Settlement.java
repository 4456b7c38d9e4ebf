package io.bascule.tasks.store;

import io.bascule.tasks.TaskDecision;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says became of an attempt.
 *
 * @param attempt the fence: nothing happens unless this attempt is the running one
 * @param decision a {@link TaskDecision.Finish} or a {@link TaskDecision.Postpone}
 * @param result JSON, if the attempt succeeded
 * @param storedBytes of a result that is in object storage instead; 0 if it is not
 */
public record Settlement(
        UUID task,
        int attempt,
        TaskDecision decision,
        @Nullable String result,
        long storedBytes) {

    /** With a result that fits into a row, or none. */
    public Settlement(UUID task, int attempt, TaskDecision decision, @Nullable String result) {
        this(task, attempt, decision, result, 0);
    }
}
