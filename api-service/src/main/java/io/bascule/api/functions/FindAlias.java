package io.bascule.api.functions;

import io.bascule.api.naming.Names;
import io.bascule.service.problem.ProblemException;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Looks up an alias of a function. */
@Component
class FindAlias {

    private final JdbcAliases aliases;
    private final FindFunction findFunction;

    FindAlias(JdbcAliases aliases, FindFunction findFunction) {
        this.aliases = aliases;
        this.findFunction = findFunction;
    }

    /** @throws ProblemException that says whether the function is missing, or only the alias */
    Alias find(UUID workspace, String function, String name) {
        return aliases.find(workspace, function, name).orElseThrow(() -> {
            findFunction.requireThere(workspace, function);
            return unknown(function, name);
        });
    }

    static ProblemException unknown(String function, String name) {
        return new ProblemException(
                FunctionProblem.ALIAS_NOT_FOUND,
                "Function %s has no alias %s; point it to a version, or name another one"
                        .formatted(function, Names.shown(name)));
    }
}
