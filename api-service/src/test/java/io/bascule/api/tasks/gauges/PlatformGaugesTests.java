package io.bascule.api.tasks.gauges;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Api;
import io.bascule.api.ApiTest;
import io.bascule.tasks.Lane;
import io.bascule.tasks.gauge.GaugeLease;
import io.bascule.tasks.gauge.JdbcGauges;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.JdbcClaims;
import io.bascule.tasks.store.JdbcLeases;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class PlatformGaugesTests {

    private static final Duration LIFE = Duration.ofSeconds(6);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Api api;
    private final JdbcClient database;
    private final GaugeLease ours;

    PlatformGaugesTests(Api api, JdbcClient database, GaugeLease ours) {
        this.api = api;
        this.database = database;
        this.ours = ours;
    }

    @BeforeEach
    void startWithNone() {
        database.sql("delete from task_live").update();
        database.sql("delete from task_workers").update();
        database.sql("update queues set running = 0, concurrency_limit = 2 where name = 'default'")
                .update();
        database.sql("delete from gauge_lease").update();
        ours.hold();
    }

    @Test
    void theScrapeSaysWhatTheTablesSayInTwoStates() {
        submit(3, Map.of("type", "echo"));
        submit(1, Map.of("type", "echo", "queue", "default"));
        claim(Lane.INSTANT, 1);
        new JdbcLeases(database).seen("queued-1", Lane.QUEUED, 1, 0);

        String first = scrape();
        assertThat(first)
                .contains("\ninstant_tasks_jobs_active 1.0\n", "\ninstant_tasks_jobs_waiting 2.0\n")
                .contains("\nqueued_tasks_workers 1.0\n", "\nqueued_tasks_workers_required 1.0\n")
                .contains("\nqueue_depth{queue=\"default\",workspace=\"default\"} 1.0\n")
                .contains("\nqueue_depth{queue=\"(instant)\",workspace=\"default\"} 2.0\n");

        submit(4, Map.of("type", "echo", "queue", "default"));
        submit(5, Map.of("type", "echo"));
        claim(Lane.QUEUED, 1);
        claim(Lane.INSTANT, 3);
        new JdbcLeases(database).seen("queued-2", Lane.QUEUED, 1, 0);

        String second = scrape();
        assertThat(second)
                .contains("\ninstant_tasks_jobs_active 4.0\n", "\ninstant_tasks_jobs_waiting 4.0\n")
                .contains("\nqueued_tasks_workers 2.0\n", "\nqueued_tasks_workers_required 2.0\n")
                .contains("\nqueue_depth{queue=\"default\",workspace=\"default\"} 4.0\n");
    }

    @Test
    void delayedTasksAndPausedQueuesNeedNoWorkers() {
        submit(3, Map.of("type", "echo", "queue", "default"));
        claim(Lane.QUEUED, 1);
        database.sql("update queues set paused_at = now() where name = 'default'")
                .update();
        try {
            assertThat(scrape()).contains("\nqueued_tasks_workers_required 1.0\n");
        } finally {
            database.sql("update queues set paused_at = null where name = 'default'")
                    .update();
        }
    }

    @Test
    void onePodAtATimePublishesAndASuccessorWaitsOneScrapeInterval() {
        var gauges = new JdbcGauges(database);
        var other = new GaugeLease(database, "another-pod", LIFE, INTERVAL);
        other.hold();
        assertThat(scrape()).contains("instant_tasks_jobs_active");
        assertThat(gauges.platform(other)).isEmpty();

        ours.release();
        assertThat(scrape()).doesNotContain("instant_tasks_jobs_active").doesNotContain("queue_depth");
        other.hold();
        assertThat(gauges.platform(other)).isEmpty();

        database.sql("update gauge_lease set publish_from = clock_timestamp()").update();
        assertThat(gauges.platform(other)).isPresent();
        ours.hold();
        assertThat(scrape()).doesNotContain("instant_tasks_jobs_active");
    }

    private String scrape() {
        return api.anonymous().get("/prometheus").text();
    }

    private void submit(int number, Object task) {
        for (int count = 0; count < number; count++) {
            assertThat(api.operator().post("/api/v1/tasks", task).status()).isEqualTo(202);
        }
    }

    private void claim(Lane lane, int number) {
        var request = new ClaimRequest(
                lane,
                "worker",
                Duration.ofSeconds(10),
                number,
                number,
                Map.of(),
                ClaimRequest.FROM_THE_START,
                Map.of());
        assertThat(new JdbcClaims(database).claim(request).tasks()).hasSize(number);
    }
}
