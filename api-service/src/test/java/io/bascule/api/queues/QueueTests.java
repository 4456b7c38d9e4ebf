package io.bascule.api.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.testsupport.Await;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class QueueTests {

    private static final String QUEUES = "/api/v1/queues";

    private final Api api;
    private final JdbcClient database;

    QueueTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @Test
    void aCreatedQueueIsWhereTheAnswerSays() {
        Answer created = api.admin().post(QUEUES, Map.of("name", "reports", "concurrencyLimit", 7));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(QUEUES + "/reports");
        Answer read = api.viewer().get(QUEUES + "/reports");
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(read.at("/concurrencyLimit")).isEqualTo("7");
        assertThat(read.at("/paused")).isEqualTo("false");
        assertThat(audited("queue.create", "reports")).isEqualTo(1);
    }

    @Test
    void aQueueRunsOneTaskAtATimeUnlessItSaysOtherwise() {
        assertThat(create("single").at("/concurrencyLimit")).isEqualTo("1");
    }

    @Test
    void aNameIsTakenOnce() {
        create("twice");

        Answer answer = api.admin().post(QUEUES, Map.of("name", "twice"));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("queue-exists");
    }

    @Test
    void whatIsWrongIsPointedAt() {
        assertThat(pointer(Map.of("name", "Not_A_Name"))).isEqualTo("/name");
        assertThat(pointer(Map.of("concurrencyLimit", 3))).isEqualTo("/name");
        assertThat(pointer(Map.of("name", "x", "concurrencyLimit", 0))).isEqualTo("/concurrencyLimit");
        assertThat(pointer(Map.of("name", "x", "concurrencyLimit", 10_001))).isEqualTo("/concurrencyLimit");
        assertThat(pointer(Map.of("name", "x", "limit", 3))).isEqualTo("/limit");
    }

    @Test
    void onlyAdministratorsChangeQueues() {
        create("guarded");
        for (var caller : List.of(api.viewer(), api.operator())) {
            assertThat(caller.post(QUEUES, Map.of("name", "own")).code()).isEqualTo("forbidden");
            assertThat(caller.with("If-Match", "*")
                            .put(QUEUES + "/guarded", Map.of("concurrencyLimit", 3))
                            .code())
                    .isEqualTo("forbidden");
            for (String verb : List.of("pause", "resume", "purge")) {
                assertThat(caller.post(QUEUES + "/guarded:" + verb).code()).isEqualTo("forbidden");
            }
            assertThat(caller.with("If-Match", "*").delete(QUEUES + "/guarded").code())
                    .isEqualTo("forbidden");
        }
        assertThat(api.anonymous().get(QUEUES).code()).isEqualTo("sign-in-required");
    }

    @Test
    void aLimitIsChangedFromTheRevisionThatWasRead() {
        Answer created = create("moving");
        String path = QUEUES + "/moving";
        Map<String, Object> wider = Map.of("concurrencyLimit", 5);

        assertThat(api.admin().put(path, wider).status()).isEqualTo(428);
        Answer changed = api.admin().with("If-Match", created.header("ETag")).put(path, wider);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/concurrencyLimit")).isEqualTo("5");
        Answer outdated = api.admin().with("If-Match", created.header("ETag")).put(path, Map.of("concurrencyLimit", 9));
        assertThat(outdated.status()).isEqualTo(412);
        assertThat(outdated.code()).isEqualTo("revision-outdated");
        assertThat(api.viewer().get(path).at("/concurrencyLimit")).isEqualTo("5");
        assertThat(audited("queue.update", "moving")).isEqualTo(1);
    }

    @Test
    void pausingTwiceIsOnePause() {
        create("resting");
        String path = QUEUES + "/resting";

        assertThat(api.admin().post(path + ":pause").at("/paused")).isEqualTo("true");
        assertThat(api.admin().post(path + ":pause").status()).isEqualTo(200);
        assertThat(api.admin().post(path + ":resume").at("/paused")).isEqualTo("false");
        assertThat(api.admin().post(path + ":resume").status()).isEqualTo(200);
        assertThat(audited("queue.pause", "resting")).isEqualTo(1);
        assertThat(audited("queue.resume", "resting")).isEqualTo(1);
    }

    @Test
    void aPurgedTaskEndsAsCancelledAndIsStillThere() {
        create("doomed");
        Answer task = api.operator().post("/api/v1/tasks", Map.of("type", "echo", "queue", "doomed"));
        assertThat(task.status()).isEqualTo(202);
        assertThat(api.viewer().get(QUEUES + "/doomed").at("/ready")).isEqualTo("1");
        assertThat(api.viewer().get(QUEUES + "/doomed").json().has("oldestReadyAt"))
                .isTrue();

        Answer purged = api.admin().post(QUEUES + "/doomed:purge");

        assertThat(purged.status()).isEqualTo(200);
        assertThat(purged.at("/purged")).isEqualTo("1");
        assertThat(api.viewer().get(task.header("Location")).at("/state")).isEqualTo("cancelled");
        assertThat(audited("queue.purge", "doomed")).isEqualTo(1);
    }

    @Test
    void whoWaitsForAPurgedTaskIsTold() throws Exception {
        create("watched");
        var answer = CompletableFuture.supplyAsync(() -> api.operator()
                .with("Prefer", "wait=30")
                .post("/api/v1/tasks", Map.of("type", "echo", "queue", "watched")));
        Await.until(() -> api.viewer().get(QUEUES + "/watched").at("/ready").equals("1"));

        api.admin().post(QUEUES + "/watched:purge");

        assertThat(answer.get(60, TimeUnit.SECONDS).at("/state")).isEqualTo("cancelled");
    }

    @Test
    void onlyAnEmptyQueueIsRemovedAndNeverTheDefaultOne() {
        Answer created = create("leaving");
        String path = QUEUES + "/leaving";
        api.operator().post("/api/v1/tasks", Map.of("type", "echo", "queue", "leaving"));

        assertThat(api.admin().delete(path).status()).isEqualTo(428);
        Answer full = api.admin().with("If-Match", created.header("ETag")).delete(path);
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.code()).isEqualTo("queue-not-empty");
        assertThat(full.at("/detail")).contains("1 ready");

        api.admin().post(path + ":purge");
        assertThat(api.admin()
                        .with("If-Match", created.header("ETag"))
                        .delete(path)
                        .status())
                .isEqualTo(204);
        assertThat(api.viewer().get(path).code()).isEqualTo("queue-not-found");
        assertThat(audited("queue.delete", "leaving")).isEqualTo(1);

        Answer kept = api.admin().with("If-Match", "*").delete(QUEUES + "/default");
        assertThat(kept.status()).isEqualTo(409);
        assertThat(kept.code()).isEqualTo("queue-is-default");
    }

    @Test
    void aQueueThatIsNotThereIsNotFound() {
        assertThat(api.viewer().get(QUEUES + "/nowhere").code()).isEqualTo("queue-not-found");
        for (String verb : List.of("pause", "resume", "purge")) {
            assertThat(api.admin().post(QUEUES + "/nowhere:" + verb).code()).isEqualTo("queue-not-found");
        }
        Answer submitted = api.operator().post("/api/v1/tasks", Map.of("type", "echo", "queue", "nowhere"));
        assertThat(submitted.status()).isEqualTo(404);
        assertThat(submitted.code()).isEqualTo("queue-not-found");
    }

    @Test
    void queuesAreListedByNameInPages() {
        create("page-a");
        create("page-b");

        Answer first = api.viewer().get(QUEUES + "?limit=1");
        Answer rest = api.viewer().get(QUEUES + "?limit=200&cursor=" + first.at("/next"));
        assertThat(rest.json().at("/items").findValuesAsString("name"))
                .contains("page-b")
                .doesNotContain(first.at("/items/0/name"))
                .isSorted();
    }

    private Answer create(String name) {
        Answer created = api.admin().post(QUEUES, Map.of("name", name));
        assertThat(created.status()).isEqualTo(201);
        return created;
    }

    private String pointer(Map<String, Object> wanted) {
        Answer answer = api.admin().post(QUEUES, wanted);
        assertThat(answer.status()).isEqualTo(400);
        return answer.at("/errors/0/pointer");
    }

    private int audited(String action, String queue) {
        return database.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, queue)
                .query(Integer.class)
                .single();
    }
}
