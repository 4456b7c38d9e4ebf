package io.bascule.tasks.handlers.secret;

import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the API ({@code POST /internal/tasks/{task}/secrets}). While it is away the attempt waits: it holds its task, and ends
 * with its deadline, a cancel or its worker.
 */
final class ApiTaskSecrets implements TaskSecrets, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Set<String> FOR_GOOD =
            Set.of("secret-not-found", "secret-not-allowed", "secret-unreadable", "forbidden", "invalid-input");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI api;
    private final Supplier<String> token;
    private final JsonMapper json;

    /** @param token a fresh token for each call */
    ApiTaskSecrets(URI api, Supplier<String> token, JsonMapper json) {
        this.api = api;
        this.token = token;
        this.json = json;
    }

    record Request(int attempt, Set<String> names) {}

    @Override
    public Map<String, String> open(TaskContext task, Set<String> names) throws TaskFailure, InterruptedException {
        Duration pause = SHORTEST_PAUSE;
        Optional<Map<String, String>> values = ask(task, names);
        while (values.isEmpty()) {
            if (pause.equals(SHORTEST_PAUSE)) {
                task.log(LogLevel.WARN, "Waiting for the API, which opens secrets and is away");
            }
            // Nobody counts down: only an interrupt ends the wait early.
            var _ = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            values = ask(task, names);
        }
        return values.get();
    }

    /** Empty while the API is away. */
    private Optional<Map<String, String>> ask(TaskContext task, Set<String> names)
            throws TaskFailure, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(api.resolve("/internal/tasks/%s/secrets".formatted(task.task())))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token.get())
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(new Request(task.attempt(), names))))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(post, BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return Optional.of(values(answer.body()));
            }
            if (away(answer.statusCode())) {
                return Optional.empty();
            }
            throw refusal(answer);
        } catch (IOException away) {
            return Optional.empty();
        }
    }

    /**
     * What an API answers that is overloaded, stopping, broken or cut off from its database, or that does not know our token's
     * key yet, or a proxy before it: none of it is the task's fault.
     */
    private static boolean away(int status) {
        return status >= 500 || status == 429 || status == 401;
    }

    private Map<String, String> values(byte[] body) {
        Map<String, String> values = new TreeMap<>();
        json.readTree(body)
                .path("values")
                .properties()
                .forEach(value -> values.put(value.getKey(), value.getValue().asString()));
        return values;
    }

    private TaskFailure refusal(HttpResponse<byte[]> answer) {
        JsonNode problem = json.readTree(answer.body());
        String code = problem.path("code").asString("secrets-refused");
        String detail = problem.path("detail").asString("The API refused to open the task's secrets");
        return FOR_GOOD.contains(code) ? TaskFailure.forGood(code, detail) : TaskFailure.retryable(code, detail);
    }

    @Override
    public void close() {
        http.close();
    }
}
