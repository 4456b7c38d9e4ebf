package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The platform's REST API, asked with a token of a signed-in user. */
record Api(HttpClient client, String url, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "expired");
    private static final int MOST_LOOKS = 300;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    Api(String url, String token) {
        this(HttpClient.newHttpClient(), url, token);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(request(path).GET().build());
    }

    /** Answers with the result where the server gives one within the time it may wait for it. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return answer(request(path)
                .header("Prefer", "wait=60")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** Submits a task and goes on at once; its id. */
    String submit(String body) throws IOException, InterruptedException {
        return answer(request("/tasks")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .path("id")
                .asText();
    }

    /** Runs a task of that type; the task with its result. */
    JsonNode run(String type, String input) throws IOException, InterruptedException {
        return post("/tasks", "{\"type\": \"%s\", \"input\": %s}".formatted(type, input));
    }

    /** The state in which a task ended. */
    String awaitEnd(String task) throws IOException, InterruptedException {
        String state = "";
        for (int look = 0; look < MOST_LOOKS && !ENDS.contains(state); look++) {
            state = get("/tasks/" + task).path("state").asText();
            LockSupport.parkNanos(look == 0 ? 0 : BETWEEN_LOOKS.toNanos());
        }
        return state;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(90))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        var response = client.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", request, response.body()).isLessThan(300);
        return JSON.readTree(response.body());
    }
}
