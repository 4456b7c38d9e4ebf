package io.bascule.tasks.secret;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * References of the form <code>{"secret": "NAME"}</code>, which stand for a secret's value, and
 * <code>{"secret": "NAME", "prefix": "Bearer "}</code>, which stand for the prefix and the value behind it.
 */
public final class SecretReferences {

    /** What names of secrets look like. */
    public static final String NAME = "[A-Za-z]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?";

    private static final String PROPERTY = "secret";
    private static final String PREFIX = "prefix";

    private SecretReferences() {}

    /** The name that a reference says; empty when this is none. */
    public static Optional<String> name(JsonNode node) {
        int properties = node.path(PREFIX).isString() ? 2 : 1;
        return node.isObject()
                        && node.size() == properties
                        && node.path(PROPERTY).isString()
                ? Optional.of(node.path(PROPERTY).asString())
                : Optional.empty();
    }

    /** The text that a node stands for: what a reference refers to, else its own. */
    public static String text(JsonNode node, Map<String, String> values) {
        return name(node)
                .map(secret -> node.path(PREFIX).asString("") + Objects.requireNonNull(values.get(secret), secret))
                .orElseGet(() -> node.isContainer() ? node.toString() : node.asString());
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
