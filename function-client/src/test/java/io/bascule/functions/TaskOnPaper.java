package io.bascule.functions;

import io.bascule.tasks.Submitter;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskSecrets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A task that no engine runs.
 *
 * @param said takes the lines of its log
 */
record TaskOnPaper(UUID task, UUID workspace, JsonNode input, TaskSecrets known, Consumer<String> said)
        implements TaskContext {

    TaskOnPaper(UUID task, UUID workspace, JsonNode input, TaskSecrets known) {
        this(task, workspace, input, known, _ -> {});
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Submitter submittedBy() {
        return new Submitter(UUID.randomUUID(), "somebody");
    }

    @Override
    public Optional<Duration> remaining() {
        return Optional.of(Duration.ofMinutes(1));
    }

    @Override
    public boolean stopping() {
        return false;
    }

    @Override
    public Optional<JsonNode> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void checkpoint(JsonNode state) {}

    @Override
    public void progress(int percent, String message) {}

    @Override
    public void log(LogLevel level, String text) {
        said.accept(text);
    }

    @Override
    public Map<String, String> secrets(Set<String> names) throws TaskFailure, InterruptedException {
        return names.isEmpty() ? Map.of() : known.open(this, names);
    }

    @Override
    public void mask(String secret) {}
}
