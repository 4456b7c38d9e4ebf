package io.bascule.tasks;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it stands.
 *
 * @param queue empty in the instant lane
 * @param input JSON
 * @param result JSON, once it succeeded
 * @param error the last failed attempt's
 * @param worker the one that runs it or ran it last
 * @param cancelRequested its worker has been asked to stop it
 * @param concurrencyKey what it shares with the tasks of its queue that it must not run beside
 */
public record Task(
        UUID id,
        UUID workspace,
        Lane lane,
        String queue,
        String type,
        TaskState state,
        int attempt,
        int failures,
        int priority,
        String input,
        @Nullable String result,
        @Nullable TaskError error,
        Map<String, String> labels,
        Times times,
        @Nullable String worker,
        Submitter submittedBy,
        @Nullable Progress progress,
        boolean cancelRequested,
        @Nullable String concurrencyKey) {

    public Task {
        labels = Map.copyOf(labels);
    }

    /**
     * When things happen, by the database's clock.
     *
     * @param runAt not before this moment
     * @param startedAt the start of the latest attempt
     */
    public record Times(
            Instant createdAt,
            Instant runAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Instant deadline) {}

    /** How far the running attempt says it is, 0 to 100. */
    public record Progress(int percent, String message) {}
}
