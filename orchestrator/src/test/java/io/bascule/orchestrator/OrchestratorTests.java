package io.bascule.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.events.CloudEvent;
import io.bascule.events.Topic;
import io.bascule.testsupport.TestDatabase;
import io.bascule.testsupport.TestKafka;
import io.bascule.testsupport.TestRedis;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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
    private static final TestKafka KAFKA = TestKafka.startOwn();

    private final JdbcClient database;

    OrchestratorTests(JdbcClient database) {
        this.database = database;
    }

    @DynamicPropertySource
    static void stores(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
        properties.add("spring.datasource.username", DATABASE::username);
        properties.add("spring.datasource.password", DATABASE::password);
        properties.add("spring.data.redis.port", TestRedis.shared()::port);
        properties.add("spring.kafka.bootstrap-servers", KAFKA::bootstrapServers);
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.stop();
    }

    @Test
    void eventsReachKafkaAlsoThoseOfAnOutage() {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            write("before");
            awaitEvent(consumer, "before");

            KAFKA.stop();
            write("during");
            KAFKA.start();

            assertThat(awaitEvent(consumer, "during").type()).isEqualTo("io.bascule.task.finished");
        }
    }

    private void write(String subject) {
        database.sql("insert into event_outbox (type, subject, data) values ('io.bascule.task.finished', ?, '{}')")
                .param(subject)
                .update();
    }

    /** Events come at least once: what is not this subject's is passed over. */
    private static CloudEvent awaitEvent(KafkaConsumer<String, byte[]> consumer, String subject) {
        for (int tries = 0; tries < 120; tries++) {
            for (ConsumerRecord<String, byte[]> message : consumer.poll(Duration.ofMillis(500))) {
                CloudEvent event = read(message);
                if (subject.equals(event.subject())) {
                    return event;
                }
            }
        }
        throw new AssertionError("no event of %s within a minute".formatted(subject));
    }

    private static CloudEvent read(ConsumerRecord<String, byte[]> message) {
        Map<String, byte[]> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), header.value()));
        return CloudEvent.read(headers, message.value());
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", KAFKA.bootstrapServers(), "group.id", "test", "auto.offset.reset", "earliest");
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.TASKS.topicName()));
        return consumer;
    }
}
