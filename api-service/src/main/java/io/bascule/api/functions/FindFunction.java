package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.ProblemException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks up a function of a workspace; another workspace's does not exist. */
@Component
class FindFunction {

    private final JdbcFunctions functions;

    FindFunction(JdbcFunctions functions) {
        this.functions = functions;
    }

    /** The latest version when none is named (0). */
    FunctionView find(UUID workspace, String name, int version) {
        return functions.find(workspace, name, version).orElseThrow(() -> unknown(name));
    }

    /** @throws ProblemException unless there is that version */
    void requireThere(UUID workspace, String name, int version) {
        if (functions.number(workspace, name, version).isEmpty()) {
            throw unknown(name);
        }
    }

    /** @throws ProblemException unless there is that function */
    void requireThere(UUID workspace, String name) {
        requireThere(workspace, name, 0);
    }

    /** How a version differs from another one. */
    VersionChanges changes(UUID workspace, String name, int number, int since) {
        FunctionView old = find(workspace, name, Math.max(1, since));
        FunctionView young = find(workspace, name, Math.max(1, number));
        return VersionChanges.between(
                old.runtime(), Objects.requireNonNull(old.version()), Objects.requireNonNull(young.version()));
    }

    static ProblemException unknown(String name) {
        return new ProblemException(
                FunctionProblem.FUNCTION_NOT_FOUND,
                "No function of this workspace has the name %s and that version".formatted(Names.shown(name)));
    }
}
