package io.bascule.api.webhooks.delivery;

import io.bascule.events.CloudEvent;
import io.bascule.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * This pod's member of the share group that turns events into deliveries. An event is acknowledged once its deliveries are
 * stored; while the database is away its lock is renewed instead, as the broker gives a record out a few times only. Start and
 * stop may be called repeatedly.
 */
class FollowEvents {

    private static final Logger log = LoggerFactory.getLogger(FollowEvents.class);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** After a failure. */
    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ShareGroup group;
    private final RecordDeliveries deliveries;
    private final Runnable recorded;
    private final Duration pause;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Bell bell = new Bell();
    private volatile @Nullable KafkaShareConsumer<String, byte[]> member;
    private @Nullable Thread thread;
    private boolean told;

    /**
     * @param recorded called when there are new deliveries
     * @param pause after a failure
     */
    FollowEvents(ShareGroup group, RecordDeliveries deliveries, Runnable recorded, Duration pause) {
        this.group = group;
        this.deliveries = deliveries;
        this.recorded = recorded;
        this.pause = pause;
    }

    synchronized void start() {
        if (thread == null) {
            stopping.set(false);
            thread = Thread.ofPlatform().name("webhook-events").daemon().start(this::run);
        }
    }

    synchronized void stop() throws InterruptedException {
        if (thread == null) {
            return;
        }
        stopping.set(true);
        bell.ring();
        KafkaShareConsumer<String, byte[]> present = member;
        if (present != null) {
            present.wakeup();
        }
        thread.join();
        thread = null;
    }

    private void run() {
        while (!stopping.get()) {
            try (KafkaShareConsumer<String, byte[]> consumer = group.join()) {
                member = consumer;
                consumer.subscribe(Topic.names());
                while (!stopping.get()) {
                    step(consumer);
                }
                consumer.close(CLOSE);
            } catch (WakeupException stopped) {
                log.debug("woken", stopped);
            } catch (RuntimeException failure) {
                tell(failure);
                pause();
            } finally {
                member = null;
            }
        }
    }

    private void step(KafkaShareConsumer<String, byte[]> consumer) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        told = false;
        if (records.isEmpty()) {
            return;
        }
        AcknowledgeType stored = store(records);
        records.forEach(message -> consumer.acknowledge(message, stored));
        consumer.commitSync();
        if (stored == AcknowledgeType.RENEW) {
            pause();
        }
    }

    private AcknowledgeType store(ConsumerRecords<String, byte[]> records) {
        List<CloudEvent> events = new ArrayList<>();
        records.forEach(message -> read(message).ifPresent(events::add));
        try {
            if (deliveries.record(events) > 0) {
                recorded.run();
            }
            return AcknowledgeType.ACCEPT;
        } catch (DataAccessException | TransactionException away) {
            log.warn(
                    "Deliveries of {} events cannot be stored; it is tried again: {}",
                    events.size(),
                    away.getMessage());
            return AcknowledgeType.RENEW;
        }
    }

    /** What is no event is passed over: it must not stop those behind it. */
    static Optional<CloudEvent> read(ConsumerRecord<String, byte[]> message) {
        Map<String, byte[]> headers = new HashMap<>();
        message.headers().forEach(header -> headers.put(header.key(), header.value()));
        try {
            return Optional.of(CloudEvent.read(headers, message.value()));
        } catch (RuntimeException malformed) {
            log.warn("A message of {} is no event and is passed over: {}", message.topic(), malformed.getMessage());
            return Optional.empty();
        }
    }

    /** Once an outage, however often it is tried again. */
    private void tell(RuntimeException failure) {
        if (!told) {
            log.warn("Events for webhooks cannot be read; it is tried again: {}", failure.getMessage());
        }
        told = true;
    }

    private void pause() {
        try {
            bell.await(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
