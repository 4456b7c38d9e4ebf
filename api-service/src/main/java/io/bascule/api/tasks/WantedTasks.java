package io.bascule.api.tasks;

import io.swagger.v3.oas.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list is to have, and how much of each.
 *
 * @param brief true: no results, and of an input of more than 200 characters a string with the first 200
 */
record WantedTasks(
        @Nullable String state,
        @Nullable String type,
        @Nullable String queue,

        @Parameter(
                description =
                        "true: without results, and of an input of more than 200 characters a string with the first 200")
        @Nullable
        Boolean brief) {

    boolean isBrief() {
        return Boolean.TRUE.equals(brief);
    }
}
