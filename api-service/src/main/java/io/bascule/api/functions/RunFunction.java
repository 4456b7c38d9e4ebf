package io.bascule.api.functions;

import io.bascule.api.caller.Caller;
import io.bascule.api.tasks.AnswerSubmission;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs a function: submits a task of type {@code code.run} for it. */
@Component
class RunFunction {

    private final FindFunction findFunction;
    private final AnswerSubmission submission;
    private final JsonMapper json;

    RunFunction(FindFunction findFunction, AnswerSubmission submission, JsonMapper json) {
        this.findFunction = findFunction;
        this.submission = submission;
        this.json = json;
    }

    /** The version is settled now, so that a later one does not change what was asked for. */
    ResponseEntity<?> run(
            Caller caller, String name, WantedRun wanted, @Nullable String key, @Nullable List<String> preferences) {
        int asked = wanted.version() == null ? 0 : Math.max(1, wanted.version());
        int version = findFunction.number(caller.workspace(), name, asked);
        ObjectNode input = json.createObjectNode();
        input.put("function", name);
        input.put("version", version);
        if (wanted.input() != null) {
            input.set("input", wanted.input());
        }
        return submission.submit(caller, "code.run", input, key, preferences);
    }
}
