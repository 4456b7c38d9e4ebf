package io.bascule.api.functions;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function as clients see it.
 *
 * @param version the version that was asked for; null in lists
 */
record FunctionView(
        UUID id,
        String name,
        String runtime,
        int latestVersion,
        @Nullable VersionView version,
        Instant createdAt,
        Instant updatedAt) {

    /** One version with its code. */
    record VersionView(
            int version, String source, int timeoutSeconds, int memoryMib, List<String> egress, Instant createdAt) {}
}
