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

    /**
     * One version.
     *
     * @param source its code; null in lists, whose answers would grow with it
     * @param sourceBytes the size of its code in UTF-8
     * @param secrets the names of those that it may read
     * @param resources the names of those that it may reach
     */
    record VersionView(
            int version,
            @Nullable String source,
            int sourceBytes,
            int timeoutSeconds,
            int memoryMib,
            List<String> egress,
            List<String> secrets,
            List<String> resources,
            Instant createdAt) {}
}
