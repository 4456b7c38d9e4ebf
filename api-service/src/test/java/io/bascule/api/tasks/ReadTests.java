package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ReadTests {

    private final Api api;
    private final JdbcClient database;

    ReadTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @BeforeEach
    void startWithNone() {
        database.sql("delete from task_live").update();
        database.sql("delete from task_history").update();
    }

    @Test
    void tasksAreListedNewestFirstInPages() {
        List<String> ids = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            ids.add(api.operator().post("/api/v1/tasks", Map.of("type", "echo")).at("/id"));
        }
        api.operator().post("/api/v1/tasks/" + ids.get(1) + ":cancel");

        Answer first = api.viewer().get("/api/v1/tasks?limit=3");
        Answer second = api.viewer().get("/api/v1/tasks?limit=3&cursor=" + first.at("/next"));

        List<String> listed = new ArrayList<>(first.json().at("/items").findValuesAsString("id"));
        listed.addAll(second.json().at("/items").findValuesAsString("id"));
        listed.removeIf(id -> !ids.contains(id));
        assertThat(listed).containsExactlyElementsOf(ids.reversed());
        assertThat(first.header("Link")).contains("rel=\"next\"");
        assertThat(second.json().at("/next").isMissingNode()
                        || second.json().at("/next").isNull())
                .isTrue();
        assertThat(api.viewer().get("/api/v1/tasks?state=cancelled").at("/items/0/id"))
                .isEqualTo(ids.get(1));
    }

    @Test
    void inBriefAListHasNoPayloads() {
        String message = "word ".repeat(1_000);
        api.operator().post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of("message", message)));

        Answer brief = api.viewer().get("/api/v1/tasks?brief=true&state=waiting");

        assertThat(brief.at("/items/0/input")).startsWith("{\"message\"").hasSize(200);
        assertThat(brief.json().at("/items/0/result").isMissingNode()).isTrue();
        assertThat(api.viewer().get("/api/v1/tasks").at("/items/0/input/message"))
                .isEqualTo(message);
        assertThat(api.viewer().get("/api/v1/tasks?brief=perhaps").status()).isEqualTo(400);
    }

    @Test
    void filtersThatMeanNothingAreRefused() {
        assertThat(api.viewer().get("/api/v1/tasks?state=dancing").at("/errors/0/pointer"))
                .isEqualTo("/state");
        assertThat(api.viewer().get("/api/v1/tasks?queue=%00").at("/errors/0/pointer"))
                .isEqualTo("/queue");
        assertThat(api.viewer().get("/api/v1/tasks?cursor=AAAA").code()).isEqualTo("invalid-input");
        assertThat(api.viewer().get("/api/v1/tasks?limit=0").code()).isEqualTo("invalid-input");
    }

    @Test
    void anUnknownTaskIsNotFoundAndAMalformedIdIsSaid() {
        assertThat(api.viewer().get("/api/v1/tasks/" + UUID.randomUUID()).code())
                .isEqualTo("task-not-found");
        assertThat(api.operator()
                        .post("/api/v1/tasks/" + UUID.randomUUID() + ":cancel")
                        .code())
                .isEqualTo("task-not-found");
        assertThat(api.viewer().get("/api/v1/tasks/seven").code()).isEqualTo("invalid-input");
    }

    @Test
    void aTaskOfAnotherWorkspaceIsNotThere() {
        UUID other = database.sql(
                        "insert into workspaces (name) values ('other-' || substr(uuidv7()::text, 30)) returning id")
                .query(UUID.class)
                .single();
        String id = api.operator().post("/api/v1/tasks", Map.of("type", "echo")).at("/id");
        database.sql("update task_live set workspace_id = ? where id = ?::uuid")
                .params(other, id)
                .update();

        assertThat(api.owner().get("/api/v1/tasks/" + id).code()).isEqualTo("task-not-found");
        assertThat(api.owner().post("/api/v1/tasks/" + id + ":cancel").code()).isEqualTo("task-not-found");
        assertThat(api.owner().post("/api/v1/tasks/" + id + ":retry").code()).isEqualTo("task-not-found");
        assertThat(api.owner().get("/api/v1/tasks").json().at("/items")).isEmpty();
    }

    @Test
    void typesAreListedWithTheirSchemas() {
        Answer answer = api.viewer().get("/api/v1/task-types");

        assertThat(answer.json()
                        .path("items")
                        .valueStream()
                        .map(type -> type.path("type").asString()))
                .contains("echo", "http.request");
        assertThat(answer.json().path("items")).allSatisfy(type -> {
            assertThat(type.at("/inputSchema/type").asString()).isEqualTo("object");
            assertThat(type.at("/lanes/0").asString()).isIn("instant", "queued");
        });
    }
}
