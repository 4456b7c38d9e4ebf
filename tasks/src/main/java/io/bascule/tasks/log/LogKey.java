package io.bascule.tasks.log;

import java.util.UUID;

/** Whose log. */
public record LogKey(UUID workspace, UUID task) {}
