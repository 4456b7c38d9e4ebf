package io.bascule.tasks;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task to be accepted; its input has been checked against the type's schema.
 *
 * @param id a UUIDv7
 * @param queue the queue's name, empty in the instant lane
 * @param input JSON
 * @param runAt not before this moment; null means at once
 * @param deadline null means the lane's default
 * @param dedupe while a task with this word lives in the workspace, no second one is accepted
 * @param concurrencyKey tasks of its queue with the same word run one at a time, or as many at once as the queue allows;
 *     null in the instant lane
 * @param replyTo where somebody waits for its end, if anybody does
 * @param idempotency the caller's key for this submit, if it sent one
 * @param callback the address that is told of its end, if any is; it has been checked
 */
public record NewTask(
        UUID id,
        UUID workspace,
        Lane lane,
        String queue,
        String type,
        String input,
        int priority,
        @Nullable Instant runAt,
        @Nullable Instant deadline,
        RetryPolicy retry,
        @Nullable String dedupe,
        @Nullable String concurrencyKey,
        Map<String, String> labels,
        Submitter submittedBy,
        @Nullable String replyTo,
        @Nullable Idempotency idempotency,
        @Nullable String callback) {

    public NewTask {
        labels = Map.copyOf(labels);
    }

    /**
     * Makes a submit repeatable.
     *
     * @param key the caller's, at most 255 characters
     * @param requestHash tells a repetition from another request that uses the same key
     */
    public record Idempotency(String key, String requestHash) {}
}
