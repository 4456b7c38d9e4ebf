package io.bascule.api.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.worker.TaskContext;
import io.bascule.tasks.worker.TaskHandler;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** With a queued worker on the same stores, whose handler the tests hold the reins of. */
@ApiTest
@Timeout(300)
class QueueSettingsInEffectTests {

    /** Its poll is the floor should its hint be lost; the rest is for a busy machine. */
    private static final long SOON_MILLIS = 30_000;

    private final Api api;
    private final JdbcClient database;
    private final Semaphore started = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);
    private final AtomicInteger running = new AtomicInteger();
    private final TaskWorker worker;

    QueueSettingsInEffectTests(Api api, JdbcTemplate template, JdbcClient database, TaskSignals signals) {
        this.api = api;
        this.database = database;
        var engine = new TaskWorker.Engine(template, signals, new TaskLifecycle(new Random()), InstantSource.system());
        this.worker = new TaskWorker(
                WorkerSettings.queued("queue-settings-worker", 8), List.of(new Held()), engine, WorkerListener.NONE);
    }

    @BeforeEach
    void start() {
        database.sql("delete from task_live").update();
        database.sql("update queues set running = 0").update();
        worker.start();
    }

    @AfterEach
    void stop() throws Exception {
        mayEnd.release(1_000);
        worker.stop(Duration.ofSeconds(5));
    }

    @Test
    void aPausedQueueStartsNothingUntilItIsResumedAndThenAtOnce() throws Exception {
        create("paused", 4);
        act("paused:pause");
        submit("paused", 2);
        submit(create("beside", 1), 1);
        assertThat(started.tryAcquire(60, TimeUnit.SECONDS))
                .as("the one beside")
                .isTrue();
        assertThat(running).hasValue(1);

        act("paused:resume");

        assertThat(started.tryAcquire(2, SOON_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void whatRunsWhenItsQueueIsPausedGoesOn() throws Exception {
        create("going-on", 1);
        submit("going-on", 2);
        assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

        act("going-on:pause");
        mayEnd.release();

        awaitHeld("going-on", 0, 1);
        assertThat(running).hasValue(0);
        assertThat(started.availablePermits()).isZero();
    }

    @Test
    void aRaisedLimitStartsMoreAtOnceAndALoweredOneHoldsBack() throws Exception {
        create("limited", 1);
        submit("limited", 6);
        assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

        limit("limited", 4);
        assertThat(started.tryAcquire(3, SOON_MILLIS, TimeUnit.MILLISECONDS)).isTrue();

        limit("limited", 1);
        assertThat(api.viewer().get("/api/v1/queues/limited").at("/running")).isEqualTo("4");
        mayEnd.release(3);
        awaitHeld("limited", 1, 2);
        assertThat(started.availablePermits()).isZero();

        mayEnd.release();
        assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        awaitHeld("limited", 1, 1);
    }

    @Test
    void aPurgeLeavesWhatRuns() throws Exception {
        create("purged", 1);
        submit("purged", 5);
        assertThat(started.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

        assertThat(api.admin().post("/api/v1/queues/purged:purge").at("/purged"))
                .isEqualTo("4");

        awaitHeld("purged", 1, 0);
        mayEnd.release();
        awaitHeld("purged", 0, 0);
        assertThat(database.sql("select state, count(*) from task_history where queue = 'purged' group by state")
                        .query((row, _) -> row.getString(1) + " " + row.getInt(2))
                        .list())
                .containsExactlyInAnyOrder("cancelled 4", "succeeded 1");
    }

    private String create(String name, int limit) {
        assertThat(api.admin()
                        .post("/api/v1/queues", Map.of("name", name, "concurrencyLimit", limit))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private void limit(String queue, int limit) {
        assertThat(api.admin()
                        .with("If-Match", "*")
                        .put("/api/v1/queues/" + queue, Map.of("concurrencyLimit", limit))
                        .status())
                .isEqualTo(200);
    }

    private void act(String queueAndVerb) {
        assertThat(api.admin().post("/api/v1/queues/" + queueAndVerb).status()).isEqualTo(200);
    }

    private void submit(String queue, int number) {
        for (int count = 0; count < number; count++) {
            assertThat(api.operator()
                            .post("/api/v1/tasks", Map.of("type", "echo", "queue", queue))
                            .status())
                    .isEqualTo(202);
        }
    }

    private void awaitHeld(String queue, int running, int ready) {
        Await.until(() -> {
            var held = api.viewer().get("/api/v1/queues/" + queue).json();
            return held.path("running").asInt() == running && held.path("ready").asInt() == ready;
        });
    }

    /** Runs until it may end. */
    private final class Held implements TaskHandler {

        @Override
        public String type() {
            return "echo";
        }

        @Override
        public JsonNode run(TaskContext context) throws Exception {
            running.incrementAndGet();
            started.release();
            try {
                mayEnd.acquire();
                return context.input();
            } finally {
                running.decrementAndGet();
            }
        }
    }
}
