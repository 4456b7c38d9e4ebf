package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskFailure;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** With a worker on the same stores, as in production, whose handler the tests hold the reins of. */
@ApiTest
class RunningTaskTests {

    private final Api api;
    private final JdbcClient database;
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch mayGo = new CountDownLatch(1);
    private final TaskWorker worker;

    RunningTaskTests(Api api, JdbcTemplate template, JdbcClient database, TaskSignals signals) {
        this.api = api;
        this.database = database;
        var engine = new TaskWorker.Engine(template, signals, new TaskLifecycle(new Random()), InstantSource.system());
        this.worker = new TaskWorker(
                WorkerSettings.instant("test-worker", 8), List.of(new Echo()), engine, WorkerListener.NONE);
    }

    @BeforeEach
    void start() {
        database.sql("delete from task_live").update();
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        mayGo.countDown();
        worker.stop(Duration.ofSeconds(5));
    }

    @Test
    void whoPrefersToWaitGetsTheResult() {
        Answer answer = api.operator().with("Prefer", "wait=30").post("/api/v1/tasks", task("say", "hello"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(answer.at("/state")).isEqualTo("succeeded");
        assertThat(answer.at("/result")).isEqualTo("hello");
        assertThat(answer.at("/worker")).isEqualTo("test-worker");
        assertThat(answer.json().has("finishedAt")).isTrue();
    }

    @Test
    void whoWaitsTooShortlyGetsTheTaskAsItStands() {
        Answer answer = api.operator().with("Prefer", "respond-async, wait=1").post("/api/v1/tasks", task("hold", "x"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.at("/state")).isEqualTo("running");
    }

    @Test
    void waitingForARepetitionOrADuplicateWaitsForTheFirst() throws Exception {
        Map<String, Object> request = Map.of("type", "echo", "input", Map.of("message", "hold"), "dedupe", "only-one");
        var keyed = api.operator().with("Idempotency-Key", UUID.randomUUID().toString());
        String id = keyed.post("/api/v1/tasks", request).at("/id");
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();

        Answer duplicate = api.operator().with("Prefer", "wait=1").post("/api/v1/tasks", request);
        assertThat(duplicate.at("/id")).isEqualTo(id);
        assertThat(duplicate.at("/state")).isEqualTo("running");

        Thread.ofVirtual().start(mayGo::countDown);
        Answer repeated = keyed.with("Prefer", "wait=30").post("/api/v1/tasks", request);
        assertThat(repeated.at("/id")).isEqualTo(id);
        assertThat(repeated.at("/state")).isEqualTo("succeeded");
    }

    @Test
    void cancellingReachesTheRunningHandler() throws Exception {
        String address = "/api/v1/tasks/"
                + api.operator().post("/api/v1/tasks", task("hold", "x")).at("/id");
        assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(api.viewer().post(address + ":cancel").code()).isEqualTo("forbidden");
        assertThat(api.operator().post(address + ":cancel").status()).isIn(200, 202);

        assertThat(stateOnceEnded(address)).isEqualTo("cancelled");
        assertThat(api.operator().post(address + ":cancel").status()).isEqualTo(200);
        assertThat(audited("task.cancel", address)).isEqualTo(1);
    }

    @Test
    void aFailedTaskIsRetriedUnderItsId() {
        Answer failed = api.operator().with("Prefer", "wait=30").post("/api/v1/tasks", task("fail", "x"));
        assertThat(failed.at("/state")).isEqualTo("failed");
        assertThat(failed.at("/error/code")).isEqualTo("scripted");
        String address = "/api/v1/tasks/" + failed.at("/id");

        Answer retried = api.operator().post(address + ":retry");

        assertThat(retried.status()).isEqualTo(202);
        assertThat(stateOnceEnded(address)).isEqualTo("failed");
        assertThat(api.viewer().get(address).at("/attempt")).isEqualTo("2");
        assertThat(audited("task.retry", address)).isEqualTo(1);
    }

    @Test
    void whatHasEndedIsNeitherCancelledNorRetried() {
        Answer done = api.operator().with("Prefer", "wait=30").post("/api/v1/tasks", task("say", "x"));
        String address = "/api/v1/tasks/" + done.at("/id");

        assertThat(api.operator().post(address + ":cancel").code()).isEqualTo("task-ended");
        assertThat(api.operator().post(address + ":retry").code()).isEqualTo("task-not-retryable");
    }

    private int audited(String action, String address) {
        return database.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, address.substring(address.lastIndexOf('/') + 1))
                .query(Integer.class)
                .single();
    }

    /** Asks for a new task behind the first one and waits for it, then reads the first; repeated for a while. */
    private String stateOnceEnded(String address) {
        for (int look = 0; look < 50; look++) {
            String state = api.viewer().get(address).at("/state");
            if (!List.of("waiting", "running", "retrying").contains(state)) {
                return state;
            }
            api.operator().with("Prefer", "wait=5").post("/api/v1/tasks", task("say", "next"));
        }
        throw new AssertionError(address + " does not end");
    }

    private static Map<String, Object> task(String action, String text) {
        return Map.of("type", "echo", "input", Map.of("message", action.equals("say") ? text : action));
    }

    /** Returns its message, unless that is {@code hold} or {@code fail}. */
    private final class Echo implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) throws Exception {
            JsonNode message = context.input().path("message");
            if (message.asString().equals("hold")) {
                started.countDown();
                mayGo.await();
            }
            if (message.asString().equals("fail")) {
                throw TaskFailure.forGood("scripted", "as the test says");
            }
            return message;
        }
    }
}
