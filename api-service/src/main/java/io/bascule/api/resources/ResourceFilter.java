package io.bascule.api.resources;

import io.bascule.api.naming.Labels;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which resources are wanted.
 *
 * @param part in the name or host, in lower case; empty for anything
 * @param kind empty for any
 */
record ResourceFilter(String part, String kind, Labels labels) {

    static ResourceFilter of(@Nullable String q, @Nullable String kind, @Nullable List<String> labels) {
        if (kind != null && ResourceKind.of(kind).isEmpty()) {
            String detail = "kind: %s (expected: %s)".formatted(kind, ResourceKind.expected());
            throw new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem("/kind", detail)));
        }
        return new ResourceFilter(
                q == null ? "" : q.strip().toLowerCase(Locale.ROOT),
                kind == null ? "" : kind,
                labels == null ? Labels.NONE : Labels.filter(labels));
    }
}
