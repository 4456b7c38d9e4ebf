package io.bascule.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.events.CloudEvent;
import io.bascule.events.Topic;
import io.bascule.storage.ObjectStorage;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLevel;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.log.LogStore;
import io.bascule.tasks.object.LogArchive;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.Link;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestKafka;
import io.bascule.testsupport.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

/** The whole service against a real database and a real broker. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "bascule.leadership.lease=2s")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OrchestratorTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Link LINK = Link.open();
    private static final TestKafka KAFKA = TestKafka.startBehind(LINK);

    @TempDir
    private static Path objects;

    private final JdbcClient database;
    private final LogStore logs;
    private final ObjectStorage storage;

    OrchestratorTests(JdbcClient database, LogStore logs, ObjectStorage storage) {
        this.database = database;
        this.logs = logs;
        this.storage = storage;
    }

    @DynamicPropertySource
    static void stores(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
        properties.add("spring.datasource.username", DATABASE::username);
        properties.add("spring.datasource.password", DATABASE::password);
        properties.add("spring.data.redis.port", TestRedis.shared()::port);
        properties.add("spring.kafka.bootstrap-servers", KAFKA::bootstrapServers);
        properties.add("bascule.storage.kind", () -> "directory");
        properties.add("bascule.storage.directory", () -> objects.toString());
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.stop();
        LINK.close();
    }

    /** Nothing is closed: the producer's own time-outs end what is under way. */
    @Test
    @Timeout(600)
    void eventsReachKafkaAlsoThoseThatItDidNotHear() {
        write("before the cut");
        try (KafkaConsumer<String, byte[]> consumer = consumer("before")) {
            awaitEvent(consumer, "before the cut");
        }
        long swallowed = LINK.swallowed();
        LINK.cut();
        write("cut off");
        Await.until(() -> LINK.swallowed() > swallowed);
        LINK.restore();

        try (KafkaConsumer<String, byte[]> consumer = consumer("after")) {
            assertThat(awaitEvent(consumer, "cut off").type()).isEqualTo("io.bascule.task.finished");
        }
    }

    @Test
    void eventsReachKafkaAlsoThoseOfAnOutage() {
        try (KafkaConsumer<String, byte[]> consumer = consumer("test")) {
            write("before");
            awaitEvent(consumer, "before");

            KAFKA.stop();
            write("during");
            KAFKA.start();

            assertThat(awaitEvent(consumer, "during").type()).isEqualTo("io.bascule.task.finished");
        }
    }

    @Test
    @Timeout(60)
    void theLogOfAnEndedTaskMovesToObjectStorage() {
        UUID workspace = UUID.randomUUID();
        UUID task = database.sql("""
                        insert into task_history (id, workspace_id, lane, queue, type, state, priority, run_at, attempt,
                            failures, losses, max_failures, backoff_millis, labels, input, submitted_by,
                            submitted_by_name, created_at)
                        values (uuidv7(), ?, 'instant', '', 'echo', 'succeeded', 0, now(), 1, 0, 0, 1, 0, '{}', '{}', ?,
                            'tester', now())
                        returning id""")
                .params(workspace, UUID.randomUUID())
                .query(UUID.class)
                .single();
        var line = new LogLine(new LogPosition(1, 1), Instant.EPOCH, LogLevel.INFO, "what it said");

        logs.append(new LogKey(workspace, task), List.of(line));

        var archive = new LogArchive(storage);
        Await.until(() ->
                archive.read(new LogKey(workspace, task), LogPosition.START, 9).equals(List.of(line)));
    }

    private void write(String subject) {
        database.sql("insert into event_outbox (type, subject, data) values ('io.bascule.task.finished', ?, '{}')")
                .param(subject)
                .update();
    }

    /** Events come at least once: what is not this subject's is passed over. */
    private static CloudEvent awaitEvent(KafkaConsumer<String, byte[]> consumer, String subject) {
        for (int tries = 0; tries < 360; tries++) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(500))) {
                CloudEvent event = read(message);
                if (subject.equals(event.subject())) {
                    return event;
                }
            }
        }
        throw new AssertionError("no event of %s within three minutes".formatted(subject));
    }

    private static CloudEvent read(ConsumerRecord<String, byte[]> message) {
        Map<String, byte[]> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), header.value()));
        return CloudEvent.read(headers, message.value());
    }

    private static KafkaConsumer<String, byte[]> consumer(String group) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(), "group.id", group, "auto.offset.reset", "earliest");
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.TASKS.topicName()));
        return consumer;
    }
}
