package io.bascule.api.naming;

import io.bascule.service.problem.FieldProblem;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of agents and resources: what a DNS label may be, so that they fit into addresses and certificates. */
public final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private Names() {}

    /** What is wrong with a name; empty when nothing is. A name that looks like an id is refused, too. */
    public static Optional<FieldProblem> problem(String pointer, @Nullable String name) {
        if (name == null || !NAME.matcher(name).matches() || asId(name).isPresent()) {
            return Optional.of(new FieldProblem(
                    pointer,
                    "use 1 to 63 of a-z, 0-9 and - (not first or last); not an id: "
                            + (name == null ? "it is missing" : shown(name))));
        }
        return Optional.empty();
    }

    /** Reads the part of a path that is an id or a name: the id, or empty when it can only be a name. */
    public static Optional<UUID> asId(String idOrName) {
        return ID.matcher(idOrName).matches() ? Optional.of(UUID.fromString(idOrName)) : Optional.empty();
    }

    /** A name or id as someone sent it, short enough for a message. */
    public static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
