package io.bascule.tasks.faults;

import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/** Says something, fails at its first attempt, or just ends, as the input asks. */
final class Work implements TaskHandler {

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure {
        for (int line = 0; line < context.input().path("log").asInt(0); line++) {
            context.log("line " + line);
        }
        if (context.attempt() == 1 && context.input().has("fail")) {
            throw TaskFailure.retryable("scripted", "as the input says");
        }
        return IntNode.valueOf(context.attempt());
    }
}
