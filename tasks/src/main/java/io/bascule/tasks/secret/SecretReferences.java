package io.bascule.tasks.secret;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** References of the form <code>{"secret": "NAME"}</code>: an object with this one property. */
public final class SecretReferences {

    /** What names of secrets look like. */
    public static final String NAME = "[A-Za-z]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";

    private static final String PROPERTY = "secret";

    private SecretReferences() {}

    /** The name that a reference says; empty when this is none. */
    public static Optional<String> name(JsonNode node) {
        return node.isObject() && node.size() == 1 && node.path(PROPERTY).isString()
                ? Optional.of(node.path(PROPERTY).asString())
                : Optional.empty();
    }

    /** The names of all references in an input, wherever they are. */
    public static Set<String> in(JsonNode input) {
        Set<String> names = new TreeSet<>();
        collect(input, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        name(node).ifPresentOrElse(names::add, () -> node.forEach(child -> collect(child, names)));
    }
}
