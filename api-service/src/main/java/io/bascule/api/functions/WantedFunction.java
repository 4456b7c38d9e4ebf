package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function as it is sent, with its first version; any part may be missing or wrong.
 *
 * @param runtime {@code javascript}, also when absent, or {@code python}; the same for all versions
 */
record WantedFunction(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String name,

        @Nullable @Schema(allowableValues = {"javascript", "python"})
        String runtime,

        @Nullable String source,
        @Nullable String bundle,
        @Nullable String main,
        @Nullable Integer timeoutSeconds,
        @Nullable Integer memoryMib,
        @Nullable List<@Nullable String> egress,
        @Nullable List<@Nullable String> secrets,
        @Nullable List<@Nullable String> resources) {

    private static final String JAVASCRIPT = "javascript";
    private static final List<String> RUNTIMES = List.of(JAVASCRIPT, "python");

    WantedVersion.Checked check() {
        List<FieldProblem> problems = new ArrayList<>();
        Names.problem("/name", name).ifPresent(problems::add);
        if (runtime != null && !RUNTIMES.contains(runtime)) {
            problems.add(new FieldProblem("/runtime", "%s (expected one of: %s)".formatted(runtime, RUNTIMES)));
        }
        return new WantedVersion(source, bundle, main, timeoutSeconds, memoryMib, egress, secrets, resources, null)
                .check(runtimeOrDefault(), problems);
    }

    String runtimeOrDefault() {
        return runtime == null ? JAVASCRIPT : runtime;
    }
}
