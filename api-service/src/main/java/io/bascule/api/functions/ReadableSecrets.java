package io.bascule.api.functions;

import io.bascule.service.problem.FieldProblem;
import io.bascule.tasks.secret.SecretReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of the secrets that a function may read; whether there are such is seen when it runs. */
final class ReadableSecrets {

    private static final int MOST = 16;
    private static final Pattern NAME = Pattern.compile(SecretReferences.NAME);

    private ReadableSecrets() {}

    /** The names, each once; adds what is wrong to the problems. */
    static List<String> check(@Nullable List<@Nullable String> wanted, List<FieldProblem> problems) {
        List<@Nullable String> given = wanted == null ? List.of() : wanted;
        if (given.size() > MOST) {
            problems.add(new FieldProblem("/secrets", "%d names (expected: at most %d)".formatted(given.size(), MOST)));
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < Math.min(given.size(), MOST); index++) {
            String name = given.get(index) == null ? "" : given.get(index);
            if (!NAME.matcher(name).matches()) {
                problems.add(new FieldProblem("/secrets/" + index, "expected a secret's name, such as DB_PASSWORD"));
            }
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
