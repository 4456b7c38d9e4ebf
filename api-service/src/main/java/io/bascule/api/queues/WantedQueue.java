package io.bascule.api.queues;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A queue to make.
 *
 * @param concurrencyLimit at most this many of its tasks run at once; 1 when it is left out
 * @param keyLimit at most this many of those with the same concurrency key; 1 when it is left out
 */
record WantedQueue(
        @NotNull
        @Pattern(
                regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                message = "use 1 to 63 of a-z, 0-9 and - (not first or last)")
        String name,

        @Nullable @Min(1) @Max(10_000) Integer concurrencyLimit,
        @Nullable @Min(1) @Max(10_000) Integer keyLimit) {}
