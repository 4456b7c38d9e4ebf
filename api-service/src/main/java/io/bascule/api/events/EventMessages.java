package io.bascule.api.events;

import io.bascule.events.CloudEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads events from Kafka's messages. What is no event is passed over: it must not stop those behind it. */
final class EventMessages {

    private static final Logger log = LoggerFactory.getLogger(EventMessages.class);

    private EventMessages() {}

    static Optional<CloudEvent> read(ConsumerRecord<String, byte[]> message) {
        Map<String, byte[]> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), header.value()));
        try {
            return Optional.of(CloudEvent.read(headers, message.value()));
        } catch (IllegalArgumentException malformed) {
            log.warn("A message of {} is no event and is passed over: {}", message.topic(), malformed.getMessage());
            return Optional.empty();
        }
    }
}
