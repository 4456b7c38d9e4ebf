package io.bascule.system;

import io.bascule.testsupport.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submits tasks in batches, each until it is answered, under a key that makes repeating it harmless. */
final class TaskLoad {

    static final Map<String, Integer> QUEUES = Map.of("faults-1", 1, "faults-4", 4);

    /** Of each batch so many run this function, which has to be there. */
    private static final int FUNCTIONS = 5;

    static final String FUNCTION = "nap";

    private static final Duration SHORT_NAP = Duration.ofMillis(100);
    static final int BATCH = 1_000;
    private static final int FUNCTION_EVERY = BATCH / FUNCTIONS;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(42);
    private final Set<UUID> accepted = new HashSet<>();
    private final URI batches;
    private final String token;
    private int repeated;
    private int functions;

    TaskLoad(int apiPort, String token) {
        this.batches = URI.create("http://127.0.0.1:%d/api/v1/tasks:batch".formatted(apiPort));
        this.token = token;
    }

    /** Those that the platform answered for. */
    Set<UUID> accepted() {
        return accepted;
    }

    /** How often a submit had to be made again. */
    int repeated() {
        return repeated;
    }

    /** How many functions it answered for. */
    int functions() {
        return functions;
    }

    /** Returns when the platform has accepted another thousand. */
    void submit() {
        submit(items());
        functions += FUNCTIONS;
    }

    /** Returns when it has accepted so many functions that take this long. */
    void submitFunctions(int number, Duration nap) {
        submit(Collections.nCopies(number, function(nap, deadline())));
        functions += number;
    }

    private void submit(List<Map<String, Object>> items) {
        String body = JsonMapper.shared().writeValueAsString(Map.of("items", items));
        String key = UUID.randomUUID().toString();
        Await.until(() -> accepts(body, key, items.size()));
    }

    private static String deadline() {
        return Instant.now().plus(Duration.ofMinutes(30)).toString();
    }

    private List<Map<String, Object>> items() {
        String deadline = deadline();
        List<Map<String, Object>> items = new ArrayList<>();
        for (int item = 0; item < BATCH; item++) {
            items.add(
                    item % FUNCTION_EVERY == 1
                            ? function(SHORT_NAP, deadline)
                            : item % 10 == 0 ? queued(item) : instant(deadline));
        }
        return items;
    }

    /** Whatever becomes of a runner, it may be tried again until it has run. */
    private static Map<String, Object> function(Duration nap, String deadline) {
        return Map.of(
                "type",
                "code.run",
                "input",
                Map.of("function", FUNCTION, "input", Map.of("millis", nap.toMillis())),
                "deadline",
                deadline,
                "retry",
                Map.of("maxFailures", 100, "backoffSeconds", 1));
    }

    /** Some take a while, some fail once or for good. */
    private Map<String, Object> instant(String deadline) {
        Map<String, Object> input = random.nextInt(50) == 0
                ? Map.of("fail", "odd")
                : Map.of("sleepMillis", random.nextInt(20), "message", "hello");
        return Map.of(
                "type",
                "echo",
                "input",
                input,
                "deadline",
                deadline,
                "retry",
                Map.of("maxFailures", 2, "backoffSeconds", 1));
    }

    private Map<String, Object> queued(int item) {
        return item % 20 == 0
                ? Map.of("type", "echo", "queue", "faults-1", "input", Map.of("sleepMillis", 5))
                : Map.of("type", "echo", "queue", "faults-4", "concurrencyKey", "key-" + random.nextInt(3));
    }

    private boolean accepts(String body, String key, int size) {
        try {
            HttpRequest request = HttpRequest.newBuilder(batches)
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return record(http.send(request, BodyHandlers.ofString()), size);
        } catch (IOException away) {
            repeated++;
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private boolean record(HttpResponse<String> answer, int size) {
        if (answer.statusCode() >= 500 || answer.statusCode() == 429) {
            repeated++;
            return false;
        }
        JsonNode items = JsonMapper.shared().readTree(answer.body()).path("items");
        boolean all = items.size() == size;
        for (JsonNode item : items) {
            if (item.path("task").has("id")) {
                accepted.add(UUID.fromString(item.path("task").path("id").asString()));
            } else {
                all = false;
            }
        }
        if (!all && answer.statusCode() >= 400) {
            throw new AssertionError("refused: " + answer.statusCode() + " " + answer.body());
        }
        return all;
    }
}
