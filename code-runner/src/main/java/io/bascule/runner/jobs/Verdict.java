package io.bascule.runner.jobs;

import io.bascule.runner.jobs.JobOutcome.Failed;
import io.bascule.runner.jobs.JobOutcome.HitLimit;
import io.bascule.runner.jobs.JobOutcome.Lost;
import io.bascule.runner.jobs.JobOutcome.Succeeded;
import io.bascule.runner.jobs.JsonText.InvalidJsonException;
import io.bascule.runner.sandbox.ProcessExit;
import java.nio.ByteBuffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides how a job that nobody stopped has ended.
 *
 * @param last the last message on its channel
 * @param heapExhausted whether the runtime said so
 */
record Verdict(ChannelMessage last, ProcessExit exit, boolean heapExhausted, JobLimits limits, BoxLimits box) {

    private static final JsonMapper JSON = JsonMapper.shared();
    /** What Python raises when the kernel gives it no more. */
    private static final String PYTHON_MEMORY = "MemoryError";

    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;

    JobOutcome outcome() {
        return switch (last) {
            case ChannelMessage.Result(ByteBuffer json) -> result(json);
            case ChannelMessage.Failure(String json) -> failure(json);
            case ChannelMessage.OversizedResult _ -> new HitLimit(LimitKind.OUTPUT, limits.outputBytes());
            case ChannelMessage.Garbage(String what) ->
                new Failed("ChannelError", "The function wrote to the runner's own channel: " + what + ".", "");
            case ChannelMessage.Ready _ ->
                new Failed("ChannelError", "The function wrote to the runner's own channel: a second greeting.", "");
            case ChannelMessage.Log _, ChannelMessage.Progress _, ChannelMessage.Closed _ -> ended();
        };
    }

    /** Whether the process was ended by force before it had answered. */
    boolean isKilled() {
        return last instanceof ChannelMessage.Closed
                && exit.cause() == ProcessExit.Cause.SIGNAL
                && exit.number() == SIGKILL;
    }

    private static JobOutcome result(ByteBuffer json) {
        try {
            return new Succeeded(JsonText.of(json).text());
        } catch (InvalidJsonException invalid) {
            return new Failed(
                    "InvalidResult", "The result cannot be handed on as JSON: %s.".formatted(invalid.getMessage()), "");
        }
    }

    private JobOutcome failure(String json) {
        try {
            JsonNode told = JSON.readTree(json);
            if (told.path("name").asString("").equals(PYTHON_MEMORY)) {
                return new HitLimit(LimitKind.MEMORY, limits.memory().mebibytes());
            }
            return new Failed(
                    told.path("name").asString("Error"),
                    told.path("message").asString(""),
                    told.path("stack").asString(""));
        } catch (JacksonException unreadable) {
            return new Failed("Error", "The function failed with something that cannot be read.", "");
        }
    }

    private JobOutcome ended() {
        return switch (exit.cause()) {
            case LAUNCHER_LOST -> new Lost("the sandbox ended");
            case EXIT -> early("with exit code " + exit.number());
            case SIGNAL -> bySignal();
        };
    }

    private JobOutcome bySignal() {
        if (heapExhausted) {
            return new HitLimit(LimitKind.MEMORY, limits.memory().mebibytes());
        }
        return switch (exit.number()) {
            case SIGXCPU -> new HitLimit(LimitKind.CPU_TIME, limits.cpuTime().toMillis());
            case SIGXFSZ -> new HitLimit(LimitKind.DISK, box.diskBytes());
            default -> early("by signal " + exit.number());
        };
    }

    private static Failed early(String how) {
        return new Failed("ProcessEnded", "The process ended %s before the handler returned.".formatted(how), "");
    }
}
