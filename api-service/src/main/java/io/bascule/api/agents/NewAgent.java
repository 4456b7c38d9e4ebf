package io.bascule.api.agents;

import io.bascule.api.naming.Labels;
import io.bascule.api.naming.Names;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An agent that is asked for, with a name and labels that can be taken. */
record NewAgent(String name, Labels labels) {

    static NewAgent of(@Nullable String name, @Nullable Labels wantedLabels) {
        Labels labels = Objects.requireNonNullElse(wantedLabels, Labels.NONE);
        List<FieldProblem> problems = Stream.concat(
                        Names.problem("/name", name).stream(), labels.problems("/labels").stream())
                .toList();
        if (name == null || !problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        return new NewAgent(name, labels);
    }
}
