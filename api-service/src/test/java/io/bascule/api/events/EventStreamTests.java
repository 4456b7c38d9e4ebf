package io.bascule.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import io.bascule.events.CloudEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
@Timeout(120)
class EventStreamTests {

    private final Api api;
    private final EventFeed feed;
    private final UUID workspace;

    EventStreamTests(Api api, EventFeed feed, JdbcClient database) {
        this.api = api;
        this.feed = feed;
        this.workspace = database.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
    }

    @Test
    void whatHappensInTheWorkspaceIsStreamedAndWhatHappensElsewhereIsNot() throws Exception {
        try (var stream = open(api.viewer())) {
            lineStartingWith(stream, ":watching");
            feed.publish(event("stream-1", UUID.randomUUID()));
            feed.publish(event("stream-2", workspace));

            assertThat(lineStartingWith(stream, "id:stream")).isEqualTo("id:stream-2");
            assertThat(lineStartingWith(stream, "event:")).isEqualTo("event:io.bascule.task.finished");
            assertThat(lineStartingWith(stream, "data:"))
                    .contains("\"data\":{\"state\":\"succeeded\"}")
                    .contains("\"specversion\":\"1.0\"");
        }
    }

    @Test
    void aStreamGoesOnAfterTheLastEventThatWasSeen() throws Exception {
        feed.publish(event("resume-1", workspace));
        feed.publish(event("resume-2", workspace));

        try (var stream = open(api.viewer().with("Last-Event-ID", "resume-1"))) {
            assertThat(lineStartingWith(stream, "id:")).isEqualTo("id:resume-2");
        }
    }

    @Test
    void strangersSeeNothing() {
        assertThat(api.anonymous().get("/api/v1/events").code()).isEqualTo("sign-in-required");
    }

    private static BufferedReader open(ApiClient client) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(client.server().resolve("/api/v1/events"))
                .timeout(Duration.ofSeconds(20));
        client.headers().forEach(request::header);
        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String lineStartingWith(BufferedReader stream, String prefix) throws IOException {
        String line = stream.readLine();
        while (line != null && !line.startsWith(prefix)) {
            line = stream.readLine();
        }
        assertThat(line).as("a line that starts with " + prefix).isNotNull();
        return String.valueOf(line);
    }

    private static CloudEvent event(String id, UUID workspace) {
        return new CloudEvent(
                id, "io.bascule.task.finished", "task", Instant.EPOCH, workspace, "{\"state\":\"succeeded\"}");
    }
}
