package io.bascule.api.audit;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the audit log as it is read. */
record RecordedEvent(
        UUID id,
        Instant occurredAt,
        Party actor,
        @Nullable String address,
        String action,
        @Nullable Party target,

        @Schema(allowableValues = {"allowed", "denied", "failed"})
        String outcome,

        @Nullable String requestId,
        Map<String, String> details) {

    /** Who did it, or what it was done to. */
    record Party(String kind, @Nullable String id, @Nullable String name) {}
}
