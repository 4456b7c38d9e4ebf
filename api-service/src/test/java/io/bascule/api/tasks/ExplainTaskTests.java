package io.bascule.api.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.api.MovableClock;
import io.bascule.tasks.Lane;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.JdbcClaims;
import io.bascule.tasks.store.JdbcLeases;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ExplainTaskTests {

    private final Api api;
    private final JdbcClient database;
    private final MovableClock clock;
    private final String queue = "why-" + UUID.randomUUID().toString().substring(0, 8);

    ExplainTaskTests(Api api, JdbcClient database, MovableClock clock) {
        this.api = api;
        this.database = database;
        this.clock = clock;
    }

    @BeforeEach
    void startWithNone() {
        database.sql("delete from task_live").update();
        database.sql("delete from task_workers").update();
        database.sql("update queues set running = 0").update();
        api.admin().post("/api/v1/queues", Map.of("name", queue));
    }

    @Test
    void theFirstThingThatWouldHaveToChangeIsSaid() {
        String first = submit(Map.of("type", "echo", "queue", queue));
        String second = submit(Map.of("type", "echo", "queue", queue));
        submit(Map.of("type", "echo", "queue", queue, "priority", 5));
        api.admin().post("/api/v1/queues/%s:pause".formatted(queue));
        assertThat(why(first)).isEqualTo("queue-paused: Its queue %s is paused.".formatted(queue));

        api.admin().post("/api/v1/queues/%s:resume".formatted(queue));
        assertThat(why(first)).isEqualTo("no-worker: No worker of the queued lane is alive.");

        new JdbcLeases(database).seen("w", Lane.QUEUED, 1, 0);
        assertThat(why(first)).isEqualTo("behind: It waits for a free worker. One task comes before it.");

        claimOne();
        assertThat(why(first)).startsWith("queue-limit:").contains("1 of 1. It is the next.");
        assertThat(why(second)).startsWith("queue-limit:").endsWith("One task comes before it.");
    }

    @Test
    void aTaskThatItsKeyOrItsWorkspacesQuotaHoldsBackIsToldSo() {
        new JdbcLeases(database).seen("w", Lane.QUEUED, 1, 0);
        String wide = queue + "-wide";
        api.admin().post("/api/v1/queues", Map.of("name", wide, "concurrencyLimit", 10));
        submit(Map.of("type", "echo", "queue", wide, "concurrencyKey", "customer-7"));
        String second = submit(Map.of("type", "echo", "queue", wide, "concurrencyKey", "customer-7"));
        assertThat(why(second)).startsWith("key-limit: Its concurrency key customer-7 lets 1 of its queue's tasks in");
        assertThat(api.viewer().get("/api/v1/queues/" + wide).at("/held")).isEqualTo("1");
        assertThat(api.viewer().get("/api/v1/tasks/" + second).at("/concurrencyKey"))
                .isEqualTo("customer-7");

        api.owner().put("/api/v1/quota", Map.of("queuedTasks", 1));
        String free = submit(Map.of("type", "echo", "queue", wide));
        claimOne();
        assertThat(why(free)).startsWith("workspace-quota:").contains("1 of 1");
        api.owner().put("/api/v1/quota", Map.of());
    }

    @Test
    void aConcurrencyKeyActsInQueuesOnly() {
        Answer refused = api.operator().post("/api/v1/tasks", Map.of("type", "echo", "concurrencyKey", "k"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/concurrencyKey");
    }

    @Test
    void theNextOneIsToldSoAndOneThatRunsOrHasEndedToo() {
        new JdbcLeases(database).seen("w", Lane.QUEUED, 1, 0);
        String task = submit(Map.of("type", "echo", "queue", queue));
        assertThat(why(task)).startsWith("next:");
        claimOne();
        assertThat(why(task)).isEqualTo("running: It runs.");

        String other = submit(Map.of("type", "echo", "queue", queue));
        api.operator().post("/api/v1/tasks/" + other + ":cancel");
        assertThat(why(other)).isEqualTo("ended: It has ended: cancelled.");
    }

    @Test
    void aScheduledTaskNamesItsTime() {
        String later = clock.instant().plus(Duration.ofHours(1)).toString();

        assertThat(why(submit(Map.of("type", "echo", "runAt", later))))
                .startsWith("not-yet: It is scheduled for " + later.substring(0, 19));
    }

    @Test
    void aTaskThatIsNotThereIsNotFound() {
        assertThat(api.viewer()
                        .get("/api/v1/tasks/" + UUID.randomUUID() + ":why")
                        .code())
                .isEqualTo("task-not-found");
    }

    private String submit(Map<String, Object> task) {
        Answer answer = api.operator().post("/api/v1/tasks", task);
        assertThat(answer.status()).isEqualTo(202);
        return answer.at("/id");
    }

    private String why(String task) {
        Answer answer = api.viewer().get("/api/v1/tasks/" + task + ":why");
        assertThat(answer.status()).isEqualTo(200);
        return answer.at("/reason") + ": " + answer.at("/detail");
    }

    private void claimOne() {
        var request = new ClaimRequest(
                Lane.QUEUED, "w", Duration.ofSeconds(30), 1, 1, Map.of(), ClaimRequest.FROM_THE_START, Map.of());
        assertThat(new JdbcClaims(database).claim(request).tasks()).hasSize(1);
    }
}
