package io.bascule.instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.Await;
import io.bascule.testsupport.Scrape;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestKeys;
import io.bascule.testsupport.TestRedis;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

/** The whole worker against real stores. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "bascule.instant.concurrency=2")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Timeout(60)
class InstantWorkerTests {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final JdbcClient database;
    private final Scrape scrape;

    InstantWorkerTests(JdbcClient database, @Value("${local.server.port}") int port) {
        this.database = database;
        this.scrape = new Scrape(URI.create("http://127.0.0.1:" + port + "/prometheus"));
    }

    @DynamicPropertySource
    static void stores(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
        properties.add("spring.datasource.username", DATABASE::username);
        properties.add("spring.datasource.password", DATABASE::password);
        properties.add("spring.data.redis.port", TestRedis.shared()::port);
        properties.add("bascule.identity.private-key-file", TestKeys.newPrivateKeyFile()::toString);
    }

    @Test
    void theDatabaseEndsWhatNobodyWaitsForAnyMore() {
        assertThat(setting("statement_timeout")).isEqualTo("30s");
        assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("15s");
    }

    private String setting(String name) {
        return database.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    @Test
    void aTaskRunsAndTheGaugeCountsWhatRunsAndWhatWaits() {
        Await.until(() -> jobs() == 0);
        for (int number = 0; number < 5; number++) {
            submit("{\"sleepMillis\":2500,\"message\":%d}".formatted(number));
        }

        Await.until(() -> count("task_live where state = 'running'") == 2 && jobs() == count("task_live"));
        double busy = jobs();
        assertThat(busy).isBetween(3.0, 5.0);
        Await.until(() -> count("task_history") >= 2 && jobs() == count("task_live") && jobs() < busy && jobs() > 0);
        Await.until(() -> count("task_history where state = 'succeeded'") == 5);
        assertThat(jobs()).isZero();
    }

    private void submit(String input) {
        database.sql("""
                        insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, max_failures,
                            backoff_millis, labels, input, submitted_by, submitted_by_name)
                        select uuidv7(), id, 'instant', '', 'echo', 'waiting', 0, now(), 1, 0, '{}', ?::json, ?, 'tester'
                        from workspaces""").params(input, UUID.randomUUID()).update();
    }

    private long count(String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    private double jobs() {
        return scrape.valueOf("instant_tasks_jobs_total");
    }
}
