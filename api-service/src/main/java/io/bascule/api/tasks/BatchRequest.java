package io.bascule.api.tasks;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Tasks to submit together.
 *
 * @param items at most 1,000
 */
record BatchRequest(@NotNull @Size(min = 1, max = 1000) List<@NotNull @Valid TaskRequest> items) {}
