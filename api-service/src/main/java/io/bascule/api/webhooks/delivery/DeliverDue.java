package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.DeliveryQueue.Room;
import io.bascule.api.webhooks.delivery.SendDelivery.Sending;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, each delivery on a virtual thread of its own and a bounded number at once. A stop claims nothing more, waits
 * for what is being sent, and after the grace cuts the rest off and hands it back. Start and stop may be called repeatedly.
 */
class DeliverDue {

    private static final Logger log = LoggerFactory.getLogger(DeliverDue.class);

    /** For those that were cut off to be handed back. */
    private static final Duration HAND_BACK = Duration.ofSeconds(10);

    private final DeliveryQueue queue;
    private final SendDelivery send;
    private final SettleDelivery settle;
    private final DeliveryMetrics metrics;
    private final WebhookProperties properties;
    private final Places places;
    private final Bell bell = new Bell();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Map<UUID, Sending> underWay = new ConcurrentHashMap<>();
    private volatile boolean cuttingOff;
    private @Nullable Thread thread;

    DeliverDue(
            DeliveryQueue queue,
            SendDelivery send,
            SettleDelivery settle,
            DeliveryMetrics metrics,
            WebhookProperties properties) {
        this.queue = queue;
        this.send = send;
        this.settle = settle;
        this.metrics = metrics;
        this.properties = properties;
        this.places = new Places(properties.concurrency(), properties.perEndpoint());
    }

    /** Something may be due. */
    void ring() {
        bell.ring();
    }

    synchronized void start() {
        if (thread == null) {
            stopping.set(false);
            cuttingOff = false;
            thread = Thread.ofVirtual().name("deliver-due").start(this::run);
        }
    }

    synchronized void stop() throws InterruptedException {
        if (thread == null) {
            return;
        }
        stopping.set(true);
        bell.ring();
        thread.join();
        thread = null;
        if (!places.allEnd(properties.drain())) {
            cuttingOff = true;
            underWay.values().forEach(Sending::cutOff);
            if (!places.allEnd(HAND_BACK)) {
                log.warn("{} deliveries could not be handed back; they are due again soon", underWay.size());
            }
        }
    }

    private void run() {
        while (!stopping.get()) {
            try {
                if (!claim()) {
                    bell.await(properties.poll());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException away) {
                log.warn("No deliveries could be claimed; it is tried again: {}", away.getMessage());
                pause();
            }
        }
    }

    private void pause() {
        try {
            bell.await(properties.poll());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether to look again at once. */
    private boolean claim() {
        Room room = places.room();
        if (room.most() == 0) {
            return false;
        }
        var claimed = queue.claim(room);
        claimed.forEach(delivery -> {
            places.take(delivery);
            Thread.ofVirtual().name("webhook-delivery").start(() -> deliver(delivery));
        });
        return claimed.size() == room.most();
    }

    private void deliver(DueDelivery delivery) {
        long started = metrics.now();
        try {
            Sending sending = send.prepare(delivery);
            underWay.put(delivery.id(), sending);
            if (cuttingOff) {
                sending.cutOff();
            }
            Attempt attempt = sending.send();
            if (cuttingOff && attempt instanceof Attempt.NoAnswer) {
                queue.handBack(delivery);
                metrics.handedBack();
            } else {
                metrics.ended(settle.settle(delivery, attempt), started);
            }
        } catch (RuntimeException failure) {
            log.warn(
                    "What came of delivery {} could not be stored; it is sent again: {}",
                    delivery.id(),
                    failure.getMessage());
        } finally {
            underWay.remove(delivery.id());
            places.leave(delivery);
            bell.ring();
        }
    }
}
