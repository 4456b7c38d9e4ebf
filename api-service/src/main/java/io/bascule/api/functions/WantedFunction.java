package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.FieldProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is sent, with its first version; any part may be missing or wrong.
 *
 * @param runtime {@code javascript}, also when absent
 */
record WantedFunction(
        @Nullable String name,
        @Nullable String runtime,
        @Nullable String source,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer memoryMib) {

    private static final String JAVASCRIPT = "javascript";

    WantedVersion.Checked check() {
        List<FieldProblem> problems = new ArrayList<>();
        Names.problem("/name", name).ifPresent(problems::add);
        if (runtime != null && !runtime.equals(JAVASCRIPT)) {
            problems.add(new FieldProblem("/runtime", "%s (expected: %s)".formatted(runtime, JAVASCRIPT)));
        }
        return new WantedVersion(source, timeoutSeconds, memoryMib).check(problems);
    }
}
