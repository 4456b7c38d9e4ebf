package io.bascule.api.functions;

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
 * What an alias is to stand for, as it is sent.
 *
 * @param version the number of a version
 */
record WantedAlias(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        Integer version) {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    /**
     * The version, which there is.
     *
     * @param name the alias's
     * @param newest the number of the newest version; there are all from 1 to it
     * @throws ProblemException that names all that is wrong at once
     */
    int check(String name, int newest) {
        List<FieldProblem> problems = new ArrayList<>();
        nameProblem(name).ifPresent(problems::add);
        int wanted = version == null ? 0 : version;
        if (version == null) {
            problems.add(new FieldProblem("/version", "give the number of a version, 1 to %d".formatted(newest)));
        } else if (wanted < 1 || wanted > newest) {
            problems.add(new FieldProblem("/version", "%d (expected: 1 to %d)".formatted(wanted, newest)));
        }
        if (!problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        return wanted;
    }

    private static Optional<FieldProblem> nameProblem(String name) {
        return NUMBER.matcher(name).matches()
                ? Optional.of(new FieldProblem("/alias", "use a letter or a -, too: a number names a version"))
                : Names.problem("/alias", name);
    }
}
