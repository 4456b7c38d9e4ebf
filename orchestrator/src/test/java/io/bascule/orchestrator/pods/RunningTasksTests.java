package io.bascule.orchestrator.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Against a real database. */
@Timeout(60)
class RunningTasksTests {

    private static final String RUNNING = """
            insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures, backoff_millis,
                labels, input, submitted_by, submitted_by_name, started_at, worker, lease_until)
            select gen_random_uuid(), id, 'instant', '', 'echo', 'running', 0, now(), 1, 0, '{}', '{}', id, 'ada',
                now() - ? * interval '1 second', ?, now() + interval '1 minute'
            from workspaces""";

    private final TestDatabase database = TestDatabase.create();

    private void running(String worker, int seconds) {
        JdbcClient.create(database.dataSource())
                .sql(RUNNING)
                .params(seconds, worker)
                .update();
    }

    @Test
    void aWorkerIsBusySinceItsOldestTaskBegan() {
        running("one", 90);
        running("one", 5);
        running("two", 3);

        var oldest = new RunningTasks(JdbcClient.create(database.dataSource())).oldestByWorker();

        assertThat(oldest).containsOnlyKeys("one", "two");
        assertThat(oldest.get("one")).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(150));
        assertThat(oldest.get("two")).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(63));
    }

    @Test
    void noConnectionIsKept() {
        running("one", 1);
        var tasks = new RunningTasks(JdbcClient.create(database.dataSource()));
        for (int n = 0; n < 5; n++) {
            tasks.oldestByWorker();
        }

        Await.until(() -> connections() == 1);
    }

    /** Of this database, the one that asks included. */
    private int connections() {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from pg_stat_activity where datname = current_database()")
                .query(Integer.class)
                .single();
    }
}
