package io.bascule.api.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class QuotaTests {

    private static final String QUOTA = "/api/v1/quota";

    private final Api api;
    private final JdbcClient database;

    QuotaTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @AfterEach
    void removeWhatIsTooMuch() {
        database.sql("delete from workspace_quotas").update();
        database.sql("delete from queues where name like 'filler-%'").update();
        database.sql("delete from functions where name like 'filler-%'").update();
        database.sql("delete from schedules where name like 'filler-%'").update();
    }

    @Test
    void theOwnerSetsAndRemovesTheQuotaAndEverybodySeesIt() {
        assertThat(api.viewer().get(QUOTA).json().has("queuedTasks")).isFalse();
        assertThat(api.owner().put(QUOTA, Map.of("queuedTasks", 5)).at("/queuedTasks"))
                .isEqualTo("5");
        assertThat(api.viewer().get(QUOTA).at("/queuedTasks")).isEqualTo("5");
        assertThat(database.sql("select count(*) from audit_events where action = 'workspace.quota'")
                        .query(Integer.class)
                        .single())
                .isPositive();

        api.owner().put(QUOTA, Map.of());
        assertThat(api.viewer().get(QUOTA).json().has("queuedTasks")).isFalse();
    }

    @Test
    void nobodyElseSetsItAndNonsenseIsPointedAt() {
        assertThat(api.admin().put(QUOTA, Map.of("queuedTasks", 5)).status()).isEqualTo(403);
        Answer refused = api.owner().put(QUOTA, Map.of("queuedTasks", 0));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/pointer")).isEqualTo("/queuedTasks");
    }

    @Test
    void aWorkspaceThatIsFullNamesItsBoundAndTheSetting() {
        fill("insert into queues (workspace_id, name) select id, 'filler-' || number");
        Answer queue = api.admin().post("/api/v1/queues", Map.of("name", "one-too-many"));
        assertThat(queue.status()).isEqualTo(409);
        assertThat(queue.code()).isEqualTo("workspace-full");
        assertThat(queue.at("/detail")).contains("may have 1000", "raise bascule.workspaces.max-queues");

        fill(
                "insert into functions (workspace_id, name, runtime, latest_version) select id, 'filler-' || number, 'javascript', 1");
        Answer function = api.admin()
                .post("/api/v1/functions", Map.of("name", "one-too-many", "source", "export default () => 1"));
        assertThat(function.code()).isEqualTo("workspace-full");
        assertThat(function.at("/detail")).contains("bascule.workspaces.max-functions");
    }

    @Test
    void schedulesAreBoundedToo() {
        fill("""
                insert into schedules (id, workspace_id, name, every_seconds, anchor_at, jitter_seconds, missed_runs, lane,
                    queue, type, priority, max_failures, backoff_millis, labels, input, owner_id, created_by)
                select gen_random_uuid(), id, 'filler-' || number, 60, now(), 0, 'skip', 'instant', '', 'echo', 0, 1, 0,
                    '{}', '{}', (select id from users limit 1), (select id from users limit 1)""");
        Answer schedule = api.admin()
                .post(
                        "/api/v1/schedules",
                        Map.of(
                                "name",
                                "one-too-many",
                                "when",
                                Map.of("every", "PT1H"),
                                "task",
                                Map.of("type", "echo")));

        assertThat(schedule.at("/detail")).contains("bascule.workspaces.max-schedules");
    }

    private void fill(String insert) {
        database.sql(insert + " from workspaces, generate_series(1, 1000) as number where workspaces.name = 'default'")
                .update();
    }
}
