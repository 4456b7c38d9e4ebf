package io.bascule.orchestrator.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.tasks.upkeep.Removed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RetentionMetrics metrics = new RetentionMetrics(registry);

    @Test
    void everyKindIsThereFromTheBeginningAndAddsUp() {
        assertThat(removed("event_days")).isZero();
        metrics.accept(new Removed(1, 2, 3, 4, 5, 6, 7));
        metrics.accept(new Removed(1, 0, 0, 0, 0, 0, 7));
        assertThat(removed("tunnels")).isZero();
        metrics.tunnels(8);
        metrics.tunnels(1);

        assertThat(removed("event_days")).isEqualTo(2);
        assertThat(removed("history_days")).isEqualTo(2);
        assertThat(removed("stray_rows")).isEqualTo(3);
        assertThat(removed("idempotency_keys")).isEqualTo(4);
        assertThat(removed("callbacks")).isEqualTo(5);
        assertThat(removed("workers")).isEqualTo(6);
        assertThat(removed("tunnels")).isEqualTo(9);
    }

    @Test
    void lessThanADayIsRefusedByItsName() {
        var day = Duration.ofDays(1);
        var hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new RetentionProperties(hour, day))
                .hasMessage("bascule.retention.history: PT1H (expected: 1d or more)");
        assertThatThrownBy(() -> new RetentionProperties(day, hour))
                .hasMessage("bascule.retention.tunnels: PT1H (expected: 1d or more)");
    }

    private double removed(String kind) {
        return registry.get("bascule.retention.removed")
                .tag("kind", kind)
                .counter()
                .count();
    }
}
