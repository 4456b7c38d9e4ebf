package io.bascule.orchestrator.upkeep;

import io.bascule.tasks.upkeep.Removed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;

/** Counts what retention removed on this pod; the sum over the pods is all of it. */
final class RetentionMetrics implements Consumer<Removed> {

    private final MeterRegistry metrics;

    RetentionMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        accept(new Removed(0, 0, 0, 0, 0, 0, 0));
        tunnels(0);
    }

    @Override
    public void accept(Removed removed) {
        count("event_days", removed.eventDays());
        count("history_days", removed.historyDays());
        count("stray_rows", removed.strayRows());
        count("idempotency_keys", removed.keys());
        count("callbacks", removed.callbacks());
        count("workers", removed.workers());
    }

    /** So many records of tunnels. */
    void tunnels(int removed) {
        count("tunnels", removed);
    }

    private void count(String kind, int number) {
        Counter.builder("bascule.retention.removed")
                .description("What was removed because of its age")
                .tag("kind", kind)
                .register(metrics)
                .increment(number);
    }
}
