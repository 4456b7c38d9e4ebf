package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Results small and large, with a worker on the same stores as the API. */
@ApiTest
@Timeout(60)
class TaskResultTests {

    private final Api api;
    private final JdbcClient database;
    private final TaskWorker worker;

    TaskResultTests(Api api, JdbcTemplate template, JdbcClient database, TaskSignals signals, ObjectStorage storage) {
        this.api = api;
        this.database = database;
        var engine = new TaskWorker.Engine(
                template,
                signals,
                new TaskLifecycle(new Random()),
                InstantSource.system(),
                TaskLogs.NONE,
                new LargeResults(storage, 8 << 20));
        this.worker = new TaskWorker(
                WorkerSettings.instant("result-worker", 4), List.of(new Repeater()), engine, WorkerListener.NONE);
    }

    @BeforeEach
    void start() {
        database.sql("delete from task_live").update();
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        worker.stop(Duration.ofSeconds(5));
    }

    @Test
    void aSmallResultComesWithItsTaskAndByItself() {
        Answer task = run(3);

        assertThat(task.at("/result")).isEqualTo("xxx");
        assertThat(task.json().hasNonNull("largeResult")).isFalse();
        Answer result = api.viewer().get(address(task));
        assertThat(result.text()).isEqualTo("\"xxx\"");
        assertThat(result.header("Content-Type")).startsWith("application/json");
        assertThat(result.header("Content-Disposition")).startsWith("attachment");
    }

    @Test
    void aLargeResultIsNamedInItsTaskAndReadByItself() {
        Answer task = run(3_000_000);

        assertThat(task.at("/state")).isEqualTo("succeeded");
        assertThat(task.at("/largeResult/bytes")).isEqualTo("3000002");
        assertThat(task.at("/largeResult/href")).isEqualTo(address(task));
        assertThat(api.viewer().get(address(task)).text()).hasSize(3_000_002).startsWith("\"xxx");
    }

    @Test
    void onlyWhoSeesTheTaskSeesItsResult() {
        String address = address(run(2_000_000));
        database.sql("update task_history set workspace_id = ? where id = ?")
                .params(UUID.randomUUID(), UUID.fromString(address.split("/", -1)[4]))
                .update();

        assertThat(api.owner().get(address).code()).isEqualTo("task-not-found");
        assertThat(api.anonymous().get(address).code()).isEqualTo("sign-in-required");
    }

    @Test
    void aTaskThatDidNotSucceedHasNone() {
        Answer waiting = api.operator()
                .post(
                        "/api/v1/tasks",
                        Map.of(
                                "type",
                                "echo",
                                "input",
                                Map.of(),
                                "runAt",
                                Instant.now().plusSeconds(3_600).toString()));

        assertThat(api.viewer().get(address(waiting)).code()).isEqualTo("no-result");
    }

    private Answer run(int length) {
        Answer answer = api.operator()
                .with("Prefer", "wait=30")
                .post("/api/v1/tasks", Map.of("type", "echo", "input", Map.of("message", length)));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private static String address(Answer task) {
        return "/api/v1/tasks/%s/result".formatted(task.at("/id"));
    }

    /** Returns a text as long as its message says. */
    private static final class Repeater implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) {
            return StringNode.valueOf("x".repeat(context.input().path("message").asInt()));
        }
    }
}
