package io.bascule.api.webhooks.delivery;

import io.bascule.api.webhooks.delivery.Verdict.Again;
import io.bascule.api.webhooks.delivery.Verdict.Delivered;
import io.bascule.api.webhooks.delivery.Verdict.GivenUp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts and times this pod's attempts. */
final class DeliveryMetrics {

    private final Counter delivered;
    private final Counter retried;
    private final Counter failed;
    private final Counter handedBack;
    private final Timer times;
    private final MeterRegistry registry;

    DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.delivered = counter("delivered");
        this.retried = counter("retried");
        this.failed = counter("failed");
        this.handedBack = counter("handed_back");
        this.times = Timer.builder("bascule.webhook.attempt")
                .description("From the claim of a delivery until what came of it was stored")
                .serviceLevelObjectives(
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    private Counter counter(String outcome) {
        return Counter.builder("bascule.webhook.deliveries")
                .description("Attempts to deliver an event to a webhook, by what became of the delivery")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** To be given back when the attempt has ended. */
    long now() {
        return registry.config().clock().monotonicTime();
    }

    void ended(Verdict verdict, long started) {
        times.record(now() - started, TimeUnit.NANOSECONDS);
        switch (verdict) {
            case Delivered _ -> delivered.increment();
            case Again _ -> retried.increment();
            case GivenUp _ -> failed.increment();
        }
    }

    void handedBack() {
        handedBack.increment();
    }
}
