package io.bascule.api.functions;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call of a function as it is sent.
 *
 * @param input what its handler gets; null when absent
 * @param version which version; what the alias stands for when absent
 * @param alias `live` when absent
 */
record WantedRun(
        @Nullable JsonNode input,
        @Nullable Integer version,
        @Nullable String alias) {}
