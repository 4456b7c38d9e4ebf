package io.bascule.functions;

import tools.jackson.databind.JsonNode;

/**
 * How a task names the function that it runs.
 *
 * @param version a number; 0 when an alias says which
 * @param alias what says which version, as it stands when it is asked; {@code live} unless the task names another
 */
record FunctionReference(String name, int version, String alias) {

    private static final String LIVE = "live";

    static FunctionReference in(JsonNode input) {
        return new FunctionReference(
                input.path("function").asString(""),
                input.path("version").asInt(0),
                input.path("alias").asString(LIVE));
    }

    /** Whether another version may be meant the next time. */
    boolean mayMove() {
        return version == 0;
    }

    /** In words, such as {@code add in version 3}. */
    String described() {
        if (version != 0) {
            return "%s in version %d".formatted(name, version);
        }
        return alias.equals(LIVE) ? name : "%s with an alias %s".formatted(name, alias);
    }
}
