package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of the resources that a function may reach; whether there are such, and whether its caller may, is seen when it runs. */
final class ReachableResources {

    private static final int MOST = 16;

    private ReachableResources() {}

    /** The names, each once; adds what is wrong to the problems. */
    static List<String> check(@Nullable List<@Nullable String> wanted, List<FieldProblem> problems) {
        List<@Nullable String> given = wanted == null ? List.of() : wanted;
        if (given.size() > MOST) {
            problems.add(
                    new FieldProblem("/resources", "%d names (expected: at most %d)".formatted(given.size(), MOST)));
        }
        List<String> names = new ArrayList<>();
        for (int index = 0; index < Math.min(given.size(), MOST); index++) {
            String name = given.get(index) == null ? "" : given.get(index);
            Names.problem("/resources/" + index, name).ifPresent(problems::add);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }
}
