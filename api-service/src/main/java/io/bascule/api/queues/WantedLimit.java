package io.bascule.api.queues;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** How many tasks of a queue may run at once. It may be lower than what runs: nothing starts until enough have ended. */
record WantedLimit(@NotNull @Min(1) @Max(10_000) Integer concurrencyLimit) {}
