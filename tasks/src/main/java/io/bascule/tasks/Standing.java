package io.bascule.tasks;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about a task depends on.
 *
 * @param attempt grows with every claim; settling names it, and a stale one changes nothing
 * @param failures attempts that failed; these alone count against the retry policy
 * @param losses attempts whose worker was lost
 * @param deadline by the database's clock
 */
public record Standing(
        TaskState state,
        int attempt,
        int failures,
        int losses,
        RetryPolicy retry,
        @Nullable Instant deadline,
        boolean cancelRequested) {

    Standing withCancelRequested() {
        return new Standing(state, attempt, failures, losses, retry, deadline, true);
    }
}
