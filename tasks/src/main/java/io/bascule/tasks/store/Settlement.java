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
 */
public record Settlement(
        UUID task,
        int attempt,
        TaskDecision decision,
        @Nullable String result) {}
