package io.bascule.tasks.store;

import io.bascule.tasks.TaskState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks of a workspace to list, newest first.
 *
 * @param before only tasks older than this one; null starts at the newest
 */
public record TaskFilter(
        UUID workspace,
        @Nullable TaskState state,
        @Nullable String type,
        @Nullable String queue,
        @Nullable UUID before) {}
