package io.bascule.tasks;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that a worker now holds the lease of.
 *
 * @param standing as of the claim; its attempt is the fence for everything the worker says about it
 * @param input JSON
 * @param runAt since when it could have run
 * @param claimedAt the claim's moment by the database's clock
 * @param checkpoint JSON that an earlier attempt left, if one did
 * @param replyTo where somebody waits for its end, if anybody does
 */
public record ClaimedTask(
        UUID id,
        UUID workspace,
        String queue,
        String type,
        Standing standing,
        String input,
        Map<String, String> labels,
        Submitter submittedBy,
        Instant createdAt,
        Instant runAt,
        Instant claimedAt,
        @Nullable String checkpoint,
        @Nullable String replyTo) {

    public ClaimedTask {
        labels = Map.copyOf(labels);
    }

    public int attempt() {
        return standing.attempt();
    }
}
