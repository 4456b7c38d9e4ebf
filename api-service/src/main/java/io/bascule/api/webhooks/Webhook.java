package io.bascule.api.webhooks;

import io.bascule.tasks.Submitter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where some events of a workspace are sent.
 *
 * @param standing what changes without anybody changing the webhook
 */
record Webhook(UUID id, UUID workspace, Settings settings, Standing standing, long version) {

    /** What people say. */
    record Settings(String name, String url, List<String> eventTypes, String description) {

        Settings {
            eventTypes = List.copyOf(eventTypes);
        }
    }

    /**
     * How it stands.
     *
     * @param disabledAt null while it is enabled
     * @param disabledReason null unless the platform disabled it
     * @param failures of its endpoint, in a row
     * @param previousSecretUntil until when an earlier secret signs, too; null when none does
     */
    record Standing(
            Submitter createdBy,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant disabledAt,
            @Nullable String disabledReason,
            int failures,
            @Nullable Instant previousSecretUntil) {}

    String name() {
        return settings.name();
    }
}
