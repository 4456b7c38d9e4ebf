package io.bascule.tasks.handlers;

import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** {@code echo}: returns its message, after a while, with a log or with a failure if asked to. For trying things out. */
public final class EchoHandler implements TaskHandler {

    @Override
    public String type() {
        return "echo";
    }

    @Override
    public JsonNode run(TaskContext context) throws TaskFailure, InterruptedException {
        JsonNode input = context.input();
        if (input.hasNonNull("log")) {
            context.log(input.get("log").asString());
        }
        pause(Duration.ofMillis(input.path("sleepMillis").asLong(0)));
        if (input.hasNonNull("fail")) {
            throw TaskFailure.retryable("asked-to-fail", input.get("fail").asString());
        }
        return input.has("message") ? input.get("message") : NullNode.instance;
    }

    /** Nobody counts down: only an interrupt ends the wait early. */
    private static void pause(Duration time) throws InterruptedException {
        if (time.isPositive()) {
            var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
