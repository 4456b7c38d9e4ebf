package io.bascule.api.resources;

import io.bascule.api.naming.Labels;
import io.bascule.api.naming.Names;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it is sent; any part may be missing or wrong.
 *
 * @param agent id or name of the agent that reaches it
 * @param host name or address as the agent sees it
 */
record WantedResource(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String kind,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String agent,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String host,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        Integer port,

        @Nullable Labels labels) {

    /** A host name, an IPv4 or an IPv6 address; what else could be meant is the agent's network's business. */
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?|[0-9A-Fa-f:.]{2,45}");

    /** Names all that is wrong at once. */
    ResourceSpecification check() {
        List<FieldProblem> problems = new ArrayList<>();
        Names.problem("/name", name).ifPresent(problems::add);
        Optional<ResourceKind> known = kind == null ? Optional.empty() : ResourceKind.of(kind);
        if (known.isEmpty()) {
            problems.add(new FieldProblem("/kind", "%s (expected: %s)".formatted(kind, ResourceKind.expected())));
        }
        if (agent == null || agent.isBlank()) {
            problems.add(new FieldProblem("/agent", "name the agent that reaches the resource, by its id or name"));
        }
        if (host == null || !HOST.matcher(host).matches()) {
            problems.add(new FieldProblem("/host", "give a host name or an address, without port or scheme"));
        }
        if (port == null || port < 1 || port > 65_535) {
            problems.add(new FieldProblem("/port", "%s (expected: 1 to 65535)".formatted(port)));
        }
        Labels wanted = labels == null ? Labels.NONE : labels;
        problems.addAll(wanted.problems("/labels"));
        if (name == null || known.isEmpty() || agent == null || host == null || port == null || !problems.isEmpty()) {
            throw invalid(problems);
        }
        return new ResourceSpecification(name, known.get(), agent, host, port, wanted);
    }

    static ProblemException unknownAgent(String agent) {
        return invalid(List.of(new FieldProblem(
                "/agent", "there is no agent %s in this workspace, or it was revoked".formatted(Names.shown(agent)))));
    }

    private static ProblemException invalid(List<FieldProblem> problems) {
        FieldProblem first = problems.getFirst();
        return new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
    }
}
