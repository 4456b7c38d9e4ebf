package io.bascule.orchestrator.relay;

import io.bascule.events.CloudEvent;
import io.bascule.events.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** Events to Kafka, keyed by subject; waits until the brokers have them. */
final class KafkaEventPublisher implements EventPublisher {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final KafkaTemplate<String, byte[]> kafka;

    KafkaEventPublisher(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void publish(List<CloudEvent> events) {
        CompletableFuture<?>[] sent =
                events.stream().map(event -> kafka.send(message(event))).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(sent).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka stored events", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IllegalStateException("Kafka did not store " + events.size() + " events", failure);
        }
    }

    private static ProducerRecord<String, byte[]> message(CloudEvent event) {
        var message = new ProducerRecord<>(
                Topic.of(event.type()).topicName(),
                event.subject(),
                event.data().getBytes(StandardCharsets.UTF_8));
        event.headers().forEach((name, value) -> message.headers().add(name, value));
        return message;
    }
}
