package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.events.CloudEvent;
import io.bascule.events.Topic;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessResourceFailureException;

/** The share group against a real broker. Its position is the broker's, so every test uses events of its own. */
@Timeout(400)
class FollowEventsTests {

    private static final TestKafka KAFKA = TestKafka.startOwn();
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String FINISHED = "io.bascule.task.finished";

    private final Stored stored = new Stored();
    private final UUID webhook = stored.webhook("one", "https://example.org/one", SigningSecret.generate());
    private final AtomicInteger rings = new AtomicInteger();
    private final List<FollowEvents> members = new ArrayList<>();

    @BeforeAll
    static void makeTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.bootstrapServers()))) {
            admin.createTopics(Topic.names().stream()
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopKafka() {
        KAFKA.stop();
    }

    @AfterEach
    void leave() throws InterruptedException {
        for (FollowEvents member : members) {
            member.stop();
        }
    }

    @Test
    void anEventBecomesADeliveryForEachWebhookThatWantsIt() {
        UUID other = stored.webhook("two", "https://example.org/two", SigningSecret.generate());
        publish(
                stored.event("first", FINISHED),
                stored.event("unwanted", "io.bascule.schedule.fired"),
                new CloudEvent("theirs", FINISHED, "t", stored.now(), UUID.randomUUID(), "{}"),
                new CloudEvent("old", FINISHED, "t", stored.now().minusSeconds(3_600), stored.workspace, "{}"));
        member(stored.record).start();

        Await.until(() -> recorded(webhook).contains("first") && recorded(other).contains("first"));
        publish(stored.event("last", FINISHED));
        Await.until(() -> recorded(webhook).contains("last"));

        assertThat(recorded(webhook)).containsExactlyInAnyOrder("first", "last");
        assertThat(rings).hasPositiveValue();
        assertThat(body("first"))
                .contains("\"specversion\":\"1.0\"")
                .contains("\"data\":{\"state\":\"succeeded\"}")
                .contains("\"workspaceid\":\"%s\"".formatted(stored.workspace));
    }

    @Test
    void anEventThatIsPublishedAgainIsDeliveredOnce() {
        CloudEvent event = stored.event("twice", FINISHED);
        publish(event, event, event);
        member(stored.record).start();
        Await.until(() -> recorded(webhook).contains("twice"));
        publish(event, stored.event("after", FINISHED));
        Await.until(() -> recorded(webhook).contains("after"));

        assertThat(recorded(webhook)).containsExactlyInAnyOrder("twice", "after");
    }

    @Test
    void noEventIsLostWhileTheDatabaseIsAwayForLongerThanABrokerHasPatience() {
        var refusing = new RefusingDeliveries(stored, 12);
        publish(stored.event("held", FINISHED));
        member(refusing).start();

        Await.until(() -> recorded(webhook).contains("held"));

        assertThat(refusing.refusals)
                .as("a broker gives a record out five times")
                .hasValueGreaterThan(5);
    }

    @Test
    void whatIsNoEventStopsNothing() {
        try (var producer = producer()) {
            var _ = producer.send(new ProducerRecord<>(Topic.TASKS.topicName(), "k", new byte[] {1, 2, 3}));
        }
        publish(stored.event("nul", FINISHED), unusable(), stored.event("behind", FINISHED));
        member(stored.record).start();

        Await.until(() -> recorded(webhook).containsAll(List.of("nul", "behind")));
    }

    /** As Kafka gives out what was deleted by its key. */
    @Test
    void aMessageWithoutAValueIsNoEvent() {
        assertThat(FollowEvents.read(message("{}"))).isPresent();
        assertThat(FollowEvents.read(message(null))).isEmpty();
    }

    private ConsumerRecord<String, byte[]> message(@Nullable String data) {
        byte[] value = data == null ? null : data.getBytes(StandardCharsets.UTF_8);
        var message = new ConsumerRecord<String, byte[]>(Topic.TASKS.topicName(), 0, 0, "k", value);
        stored.event("bare", FINISHED)
                .headers()
                .forEach((name, header) -> message.headers().add(name, header));
        return message;
    }

    @Test
    void whatIsPublishedWhileNobodyListensOrKafkaWasAwayComesLater() throws Exception {
        FollowEvents first = member(stored.record);
        first.start();
        publish(stored.event("before", FINISHED));
        Await.until(() -> recorded(webhook).contains("before"));
        first.stop();
        publish(stored.event("meanwhile", FINISHED));
        FollowEvents second = member(stored.record);
        second.start();
        Await.until(() -> recorded(webhook).contains("meanwhile"));

        KAFKA.stop();
        KAFKA.start();
        publish(stored.event("back", FINISHED));

        Await.until(() -> recorded(webhook).contains("back"));
        assertThat(recorded(webhook)).containsExactlyInAnyOrder("before", "meanwhile", "back");
    }

    /** PostgreSQL takes no such text. */
    private CloudEvent unusable() {
        return new CloudEvent("a\u0000b", FINISHED, "t", stored.now(), stored.workspace, "{}");
    }

    private FollowEvents member(RecordDeliveries deliveries) {
        var group = new ShareGroup(Map.of(
                "bootstrap.servers",
                KAFKA.bootstrapServers(),
                "auto.offset.reset",
                "latest",
                "isolation.level",
                "read_committed",
                "metadata.max.age.ms",
                1_000));
        var member = new FollowEvents(group, deliveries, rings::incrementAndGet, PAUSE);
        members.add(member);
        return member;
    }

    private List<String> recorded(UUID of) {
        return stored.database
                .sql("select event_id from webhook_deliveries where webhook_id = ?")
                .param(of)
                .query((row, _) -> String.valueOf(row.getString("event_id")))
                .list();
    }

    private String body(String event) {
        return stored.database
                .sql("select body from webhook_deliveries where webhook_id = ? and event_id = ?")
                .params(webhook, event)
                .query(String.class)
                .single();
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static void publish(CloudEvent... events) {
        try (var producer = producer()) {
            for (CloudEvent event : events) {
                var message = new ProducerRecord<>(
                        Topic.of(event.type()).topicName(),
                        event.subject(),
                        event.data().getBytes(StandardCharsets.UTF_8));
                event.headers().forEach((name, value) -> message.headers().add(name, value));
                var _ = producer.send(message);
            }
        }
    }

    /** As if the database were away for a number of tries. */
    private static final class RefusingDeliveries extends RecordDeliveries {

        private final AtomicInteger refusals = new AtomicInteger();
        private final int most;

        RefusingDeliveries(Stored stored, int most) {
            super(stored.database);
            this.most = most;
        }

        @Override
        int record(List<CloudEvent> events) {
            if (events.stream().anyMatch(event -> event.id().equals("held")) && refusals.incrementAndGet() <= most) {
                throw new DataAccessResourceFailureException("away");
            }
            return super.record(events);
        }
    }
}
