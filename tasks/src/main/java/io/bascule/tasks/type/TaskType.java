package io.bascule.tasks.type;

import io.bascule.tasks.Lane;
import java.util.Set;

/**
 * A kind of work.
 *
 * @param name such as {@code http.request}
 * @param description one sentence
 * @param inputSchema JSON Schema, draft 2020-12
 */
public record TaskType(String name, String description, String inputSchema, Set<Lane> lanes) {

    public TaskType {
        lanes = Set.copyOf(lanes);
    }
}
