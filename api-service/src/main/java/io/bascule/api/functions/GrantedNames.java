package io.bascule.api.functions;

import io.bascule.service.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Names of what a function may use; whether there are such, and whether its caller may, is seen when it runs. */
final class GrantedNames {

    private static final int MOST = 16;

    private GrantedNames() {}

    /**
     * The names, each once; adds what is wrong to the problems.
     *
     * @param problem what is wrong with a name, given where it stands
     */
    static List<String> check(
            String pointer,
            @Nullable List<@Nullable String> wanted,
            BiFunction<String, String, Optional<FieldProblem>> problem,
            List<FieldProblem> problems) {
        List<@Nullable String> given = wanted == null ? List.of() : wanted;
        if (given.size() > MOST) {
            problems.add(new FieldProblem(pointer, "%d names (expected: at most %d)".formatted(given.size(), MOST)));
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < Math.min(given.size(), MOST); index++) {
            String name = given.get(index) == null ? "" : given.get(index);
            problem.apply(pointer + "/" + index, name).ifPresent(problems::add);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
