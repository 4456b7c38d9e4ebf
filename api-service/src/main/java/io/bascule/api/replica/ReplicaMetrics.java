package io.bascule.api.replica;

import io.bascule.api.replica.ReplicaState.Away;
import io.bascule.api.replica.ReplicaState.Fit;
import io.bascule.api.replica.ReplicaState.Late;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** How far behind the replica is, and which database long reads went to. */
final class ReplicaMetrics {

    private final Counter fromReplica;
    private final Counter fromPrimary;

    ReplicaMetrics(MeterRegistry registry, WatchReplica watch) {
        this.fromReplica = counter(registry, "replica");
        this.fromPrimary = counter(registry, "primary");
        Gauge.builder("bascule.database.replica.lag", () -> lag(watch.state()))
                .baseUnit("seconds")
                .description("How far the read replica is behind, at most; not a number while it does not answer")
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String source) {
        return Counter.builder("bascule.database.replica.reads")
                .description("Long reads, by the database that answered")
                .tag("from", source)
                .register(registry);
    }

    void readFromReplica() {
        fromReplica.increment();
    }

    void readFromPrimary() {
        fromPrimary.increment();
    }

    private static double lag(ReplicaState state) {
        return switch (state) {
            case Fit(var lag) -> seconds(lag);
            case Late(var lag) -> seconds(lag);
            case Away _ -> Double.NaN;
        };
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
