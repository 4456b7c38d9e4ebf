package io.bascule.api.webhooks.delivery;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Starts deliveries with the service. A stop takes no more events, lets what is being sent end, and hands the rest back. */
class DeliveryLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliveryLifecycle.class);

    /** For the statement at which a sweep was stopped. */
    private static final Duration STATEMENT = Duration.ofSeconds(5);

    private final @Nullable FollowEvents events;
    private final DeliverDue deliver;
    private final SweepDeliveries sweep;
    private @Nullable ScheduledExecutorService timer;

    /** @param events null where there is no Kafka: only what people ask for is delivered then */
    DeliveryLifecycle(@Nullable FollowEvents events, DeliverDue deliver, SweepDeliveries sweep) {
        this.events = events;
        this.deliver = deliver;
        this.sweep = sweep;
    }

    @Override
    public synchronized void start() {
        if (timer != null) {
            return;
        }
        sweep.start();
        deliver.start();
        if (events != null) {
            events.start();
        }
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("webhook-sweep").daemon().factory());
        long every = SweepDeliveries.EVERY.toSeconds();
        var _ = timer.scheduleWithFixedDelay(this::sweep, every, every, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void stop() {
        if (timer == null) {
            return;
        }
        ScheduledExecutorService sweeping = timer;
        timer = null;
        sweep.stop();
        sweeping.shutdownNow();
        try {
            if (events != null) {
                events.stop();
            }
            deliver.stop();
            if (!sweeping.awaitTermination(STATEMENT.toSeconds(), TimeUnit.SECONDS)) {
                log.warn(
                        "A statement that removes old deliveries has not ended yet; its transaction ends with the service");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    /** After the drain notice, before the web server, which goes on answering meanwhile. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }

    private void sweep() {
        try {
            sweep.step();
        } catch (RuntimeException away) {
            log.warn("Old deliveries could not be removed; it is tried again: {}", away.getMessage());
        }
    }
}
