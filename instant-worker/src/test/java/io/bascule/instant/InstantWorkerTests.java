package io.bascule.instant;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestRedis;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
    private final URI scrape;

    InstantWorkerTests(JdbcClient database, @Value("${local.server.port}") int port) {
        this.database = database;
        this.scrape = URI.create("http://127.0.0.1:" + port + "/prometheus");
    }

    @DynamicPropertySource
    static void stores(DynamicPropertyRegistry properties) throws Exception {
        properties.add("spring.datasource.url", DATABASE::url);
        properties.add("spring.datasource.username", DATABASE::username);
        properties.add("spring.datasource.password", DATABASE::password);
        properties.add("spring.data.redis.port", TestRedis.shared()::port);
        byte[] key = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Path file = Files.createTempFile("worker", ".pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key)
                        + "\n-----END PRIVATE KEY-----\n");
        properties.add("bascule.identity.private-key-file", file::toString);
    }

    @Test
    void aTaskRunsAndTheGaugeCountsWhatRunsAndWhatWaits() throws Exception {
        await(() -> jobs() == 0);
        for (int number = 0; number < 5; number++) {
            submit("{\"sleepMillis\":2500,\"message\":%d}".formatted(number));
        }

        await(() -> count("task_live where state = 'running'") == 2 && jobs() == count("task_live"));
        double busy = jobs();
        assertThat(busy).isBetween(3.0, 5.0);
        await(() -> count("task_history") >= 2 && jobs() == count("task_live") && jobs() < busy && jobs() > 0);
        await(() -> count("task_history where state = 'succeeded'") == 5);
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
        try (HttpClient client = HttpClient.newHttpClient()) {
            String text = client.send(
                            HttpRequest.newBuilder(scrape)
                                    .header("Accept", "application/openmetrics-text;version=1.0.0")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            return text.lines()
                    .filter(line -> line.startsWith("instant_tasks_jobs_total "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .sum();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The worker has no signal for a test; the class's time-out bounds the wait. */
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(50_000_000);
        }
    }
}
