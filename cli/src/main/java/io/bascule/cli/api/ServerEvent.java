package io.bascule.cli.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One event of a stream. */
public record ServerEvent(@Nullable String id, String type, JsonNode data) {}
