package io.bascule.api.scaling.replicas;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.HomeWorkspace;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.scaling.replicas.JdbcScaling.Kept;
import io.bascule.scaling.PodRange;
import io.bascule.scaling.ScalingFile;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what was decided, newest first. */
@Component
class ReadDecisions {

    private final JdbcScaling store;
    private final ScalingFile policies = ScalingFile.deployed();

    ReadDecisions(JdbcScaling store) {
        this.store = store;
    }

    /** @param component null for all */
    Page<DecisionView> read(Caller caller, @Nullable String component, PageRequest request) {
        HomeWorkspace.require(caller, Role.VIEWER);
        if (component != null && !policies.components().contains(component)) {
            throw invalid(
                    "/component",
                    "%s does not scale (expected: %s)".formatted(component, String.join(", ", policies.components())));
        }
        Long after = request.position().map(ReadDecisions::id).orElse(null);
        List<Kept> found = store.decisions(component, after, request.fetch());
        return Page.cut(found, request, kept -> Long.toString(kept.id())).map(this::view);
    }

    /** Of a component that this release knows no more the decisions are still told. */
    private DecisionView view(Kept kept) {
        String component = kept.decision().component();
        return DecisionView.of(
                kept,
                policies.components().contains(component)
                        ? policies.policy(component).pods()
                        : new PodRange(1, Math.max(1, kept.decision().to())));
    }

    private static long id(String position) {
        try {
            return Long.parseLong(position);
        } catch (NumberFormatException notOurs) {
            throw invalid("/cursor", "cursor: take it from the `next` of the page before, unchanged");
        }
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem(pointer, detail)));
    }
}
