package io.bascule.api.queues;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks of a queue may run at once. It may be lower than what runs: nothing starts until enough have ended.
 *
 * @param keyLimit of those with the same concurrency key; left as it is when it is left out
 */
record WantedLimit(
        @NotNull @Min(1) @Max(10_000) Integer concurrencyLimit,
        @Nullable @Min(1) @Max(10_000) Integer keyLimit) {}
