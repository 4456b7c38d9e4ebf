package io.bascule.tasks.handlers;

import io.bascule.tasks.Submitter;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A task that no engine runs: what it says is kept, the secrets it may open are given. */
public record TaskOnPaper(UUID task, JsonNode input, Map<String, String> known, List<String> said)
        implements TaskContext {

    public static TaskOnPaper of(String input, Map<String, String> secrets) {
        return new TaskOnPaper(
                UUID.randomUUID(), JsonMapper.shared().readTree(input), secrets, new CopyOnWriteArrayList<>());
    }

    @Override
    public UUID workspace() {
        return new UUID(0, 0);
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Submitter submittedBy() {
        return new Submitter(new UUID(0, 1), "somebody");
    }

    @Override
    public Optional<Duration> remaining() {
        return Optional.of(Duration.ofMinutes(10));
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
        said.add(text);
    }

    @Override
    public Map<String, String> secrets(Set<String> names) throws TaskFailure {
        for (String name : names) {
            if (!known.containsKey(name)) {
                throw TaskFailure.forGood("secret-not-found", "There is no secret " + name);
            }
        }
        return names.stream().collect(Collectors.toMap(Function.identity(), known::get));
    }

    @Override
    public void mask(String secret) {}
}
