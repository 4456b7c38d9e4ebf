package io.bascule.api.functions;

import io.bascule.api.caller.Caller;
import io.bascule.api.tasks.AnswerSubmission;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs a function: submits a task of type {@code code.run} for it. */
@Component
class RunFunction {

    private final FindFunction findFunction;
    private final FindAlias findAlias;
    private final AnswerSubmission submission;
    private final JsonMapper json;

    RunFunction(FindFunction findFunction, FindAlias findAlias, AnswerSubmission submission, JsonMapper json) {
        this.findFunction = findFunction;
        this.findAlias = findAlias;
        this.submission = submission;
        this.json = json;
    }

    /** The version is settled now, so that neither a later one nor an alias that moves changes what was asked for. */
    ResponseEntity<?> run(
            Caller caller, String name, WantedRun wanted, @Nullable String key, @Nullable List<String> preferences) {
        ObjectNode settled = json.createObjectNode();
        settled.put("function", name);
        settled.put("version", version(caller.workspace(), name, wanted));
        if (wanted.input() != null) {
            settled.set("input", wanted.input());
        }
        return submission.submit(caller, "code.run", settled, asked(settled, wanted), key, preferences);
    }

    /** What a second try asks for again, whatever has been deployed or rolled back in between. */
    private ObjectNode asked(ObjectNode settled, WantedRun wanted) {
        ObjectNode asked = json.createObjectNode();
        asked.setAll(settled);
        if (wanted.version() == null) {
            asked.remove("version");
            asked.put("alias", wanted.alias());
        }
        return asked;
    }

    private int version(UUID workspace, String name, WantedRun wanted) {
        if (wanted.version() == null) {
            String alias = wanted.alias() == null ? Alias.LIVE : wanted.alias();
            return findAlias.find(workspace, name, alias).version();
        }
        if (wanted.alias() != null) {
            String detail = "leave it out: the version is named by its number";
            throw new ProblemException(
                    CommonProblem.INVALID_INPUT, "/alias: " + detail, List.of(new FieldProblem("/alias", detail)));
        }
        findFunction.requireThere(workspace, name, Math.max(1, wanted.version()));
        return wanted.version();
    }
}
