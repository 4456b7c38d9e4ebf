package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class SubmitTests {

    private final Api api;
    private final JdbcClient database;
    private final MovableClock clock;

    SubmitTests(Api api, JdbcClient database, MovableClock clock) {
        this.api = api;
        this.database = database;
        this.clock = clock;
    }

    @Test
    void anAcceptedTaskIsWhereTheAnswerSays() {
        Answer answer = api.operator().post("/api/v1/tasks", """
                {"type": "echo", "input": {"message": [1, null, "two"]}, "priority": 3, "labels": {"team": "data"}}""");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/state")).isEqualTo("waiting");
        assertThat(answer.at("/lane")).isEqualTo("instant");
        assertThat(answer.at("/submittedBy/name")).isEqualTo("operator");
        assertThat(answer.json().at("/input/message").toString()).isEqualTo("[1,null,\"two\"]");
        assertThat(answer.json().has("queue")).isFalse();
        assertThat(answer.header("Location")).isEqualTo("/api/v1/tasks/" + answer.at("/id"));
        assertThat(api.viewer().get(answer.header("Location")).json()).isEqualTo(answer.json());
    }

    @Test
    void aViewerSubmitsNothing() {
        assertThat(api.viewer().post("/api/v1/tasks", echo()).code()).isEqualTo("forbidden");
        assertThat(api.anonymous().post("/api/v1/tasks", echo()).code()).isEqualTo("sign-in-required");
    }

    @Test
    void aTaskThatNamesAQueueWaitsInIt() {
        Answer answer =
                api.operator().post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of(), "queue", "default"));

        assertThat(answer.at("/lane")).isEqualTo("queued");
        assertThat(answer.at("/queue")).isEqualTo("default");
        assertThat(api.operator()
                        .post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of(), "queue", "nowhere"))
                        .code())
                .isEqualTo("queue-not-found");
    }

    @Test
    void aDelayedTaskIsScheduled() {
        String later = clock.instant().plus(Duration.ofHours(1)).toString();

        Answer answer = api.operator().post("/api/v1/tasks", Map.of("type", "echo", "runAt", later));

        assertThat(answer.at("/state")).isEqualTo("scheduled");
        assertThat(answer.at("/notBefore")).startsWith(later.substring(0, 19));
    }

    @Test
    void anUnknownTypeIsAnsweredWithTheKnownOnes() {
        Answer answer = api.operator().post("/api/v1/tasks", Map.of("type", "dance", "input", Map.of()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("unknown-task-type");
        assertThat(answer.at("/detail")).contains("echo", "http.request");
    }

    @Test
    void anInputThatBreaksTheSchemaIsPointedAt() {
        Answer answer = api.operator()
                .post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of("sleepMillis", "long", "mesage", 1)));

        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(answer.json().at("/errors").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/input/sleepMillis", "/input/mesage");
    }

    @Test
    void timesThatCannotBeKeptAreRefused() {
        String past = clock.instant().minusSeconds(1).toString();
        String soon = clock.instant().plusSeconds(100).toString();
        String later = clock.instant().plusSeconds(200).toString();

        assertThat(pointer(Map.of("type", "echo", "deadline", past))).isEqualTo("/deadline");
        assertThat(pointer(Map.of("type", "echo", "deadline", "9999-12-31T23:59:59Z")))
                .isEqualTo("/deadline");
        assertThat(pointer(Map.of("type", "echo", "deadline", soon, "runAt", later)))
                .isEqualTo("/runAt");
        assertThat(pointer(Map.of("type", "echo", "deadline", "tomorrow"))).isEqualTo("/deadline");
    }

    @Test
    void otherFieldsHaveRulesToo() {
        assertThat(pointer(Map.of("type", "echo", "retry", Map.of("maxFailures", 0))))
                .isEqualTo("/retry/maxFailures");
        assertThat(pointer(Map.of("type", "echo", "priority", 5000))).isEqualTo("/priority");
        assertThat(pointer(Map.of("type", "echo", "dedupe", "a\u0000b"))).isEqualTo("/dedupe");
        assertThat(pointer(Map.of("type", "echo", "colour", "red"))).isEqualTo("/colour");
        assertThat(pointer(Map.of("input", Map.of()))).isEqualTo("/type");
    }

    @Test
    void anInputOfOneMebibyteIsTakenAndAByteMoreIsNot() {
        String frame = "{\"message\":\"\"}";
        String fits = "x".repeat((1 << 20) - frame.length());

        assertThat(api.operator().post("/api/v1/tasks", withMessage(fits)).status())
                .isEqualTo(202);
        Answer refused = api.operator().post("/api/v1/tasks", withMessage(fits + "x"));
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.code()).isEqualTo("input-too-large");
    }

    @Test
    void textThatPostgresqlIsPickyAboutIsKeptAsItIs() {
        Answer answer =
                api.operator().post("/api/v1/tasks", "{\"type\":\"echo\",\"input\":{\"message\":\"nul \\u0000 ☃\"}}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(api.viewer().get(answer.header("Location")).at("/input/message"))
                .isEqualTo("nul \0 ☃");
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheSameTask() {
        var keyed = api.operator().with("Idempotency-Key", UUID.randomUUID().toString());
        Answer first = keyed.post("/api/v1/tasks", echo());

        assertThat(keyed.post("/api/v1/tasks", echo()).at("/id")).isEqualTo(first.at("/id"));
        Answer different = keyed.post("/api/v1/tasks", Map.of("type", "echo", "priority", 1));
        assertThat(different.status()).isEqualTo(422);
        assertThat(different.code()).isEqualTo("idempotency-key-reused");
        assertThat(api.operator()
                        .with("Idempotency-Key", "two words")
                        .post("/api/v1/tasks", echo())
                        .code())
                .isEqualTo("idempotency-key-invalid");
    }

    @Test
    void repetitionsAtTheSameTimeMakeOneTask() throws Exception {
        var keyed = api.operator().with("Idempotency-Key", UUID.randomUUID().toString());
        List<Answer> answers = new ArrayList<>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : callers.invokeAll(
                    Collections.nCopies(20, (Callable<Answer>) () -> keyed.post("/api/v1/tasks", echo())))) {
                answers.add(call.get());
            }
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(202, 409));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 202)
                        .map(answer -> answer.at("/id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whoSubmittedIsInTheAuditLog() {
        String id = api.operator().post("/api/v1/tasks", echo()).at("/id");

        assertThat(database.sql("""
                        select actor_name || ' ' || outcome || ' ' || target_name from audit_events
                        where action = 'task.submit' and target_id = ?""").param(id).query(String.class).list()).containsExactly("operator allowed echo");
    }

    @Test
    void beyondTheLimitOfWaitingTasksSubmitsAreRefusedEarly() {
        UUID workspace = database.sql("select id from workspaces where name = 'default'")
                .query(UUID.class)
                .single();
        database.sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                            backoff_millis, labels, input, submitted_by, submitted_by_name)
                        select uuidv7(), ?, 'instant', '', 'crowd', 'waiting', 0, now(), 1, 0, '{}', '{}', uuidv7(), 'x'
                        from generate_series(1, 10000)""").param(workspace).update();
        clock.advance(Duration.ofSeconds(2));

        Answer refused = api.operator().post("/api/v1/tasks", echo());

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too-many-waiting");
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        database.sql("delete from task_live where type = 'crowd'").update();
        clock.advance(Duration.ofSeconds(2));
        assertThat(api.operator().post("/api/v1/tasks", echo()).status()).isEqualTo(202);
    }

    private String pointer(Object request) {
        Answer answer = api.operator().post("/api/v1/tasks", request);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        return answer.at("/errors/0/pointer");
    }

    private static Map<String, Object> echo() {
        return withMessage("hello");
    }

    private static Map<String, Object> withMessage(String message) {
        return Map.of("type", "echo", "input", Map.of("message", message));
    }
}
