package io.bascule.tasks;

import java.util.UUID;

/** The user behind a task. */
public record Submitter(UUID id, String name) {}
