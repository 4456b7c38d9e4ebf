package io.bascule.api.webhooks;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to a webhook, or to the callback of its task.
 *
 * @param eventId the event's id, and the {@code webhook-id} of every attempt
 * @param attempts so many were begun
 * @param nextAttemptAt missing unless it waits
 * @param finishedAt when it was delivered or given up
 * @param lastStatus the last attempt's answer, if there was one
 * @param lastError why the last attempt failed, if it did
 * @param task of a callback: whose end it tells of
 * @param url of a callback: where it is sent
 * @param body what is sent
 */
record Delivery(
        UUID id,
        String eventId,
        String eventType,

        @Schema(allowableValues = {"waiting", "sending", "delivered", "failed"})
        String state,

        int attempts,
        Instant createdAt,
        @Nullable Instant lastAttemptAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant finishedAt,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        @Nullable UUID task,
        @Nullable String url,

        @JsonRawValue String body) {}
