package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemandRateTests {

    private final DemandRate rate = new DemandRate(0);

    @Test
    void aSteadyRateIsFound() {
        for (int n = 1; n <= 2_000; n++) {
            rate.arrive(Duration.ofMillis(100L * n).toNanos());
        }

        assertThat(rate.perSecond(Duration.ofSeconds(200).toNanos())).isCloseTo(10, within(0.1));
    }

    @Test
    void whatIsOverIsForgotten() {
        for (int n = 0; n < 100; n++) {
            rate.arrive(n);
        }

        assertThat(rate.perSecond(0)).isCloseTo(100 / 30.0, within(0.01));
        assertThat(rate.perSecond(Duration.ofMinutes(5).toNanos())).isLessThan(0.001);
    }

    @Test
    void nothingIsNothing() {
        assertThat(rate.perSecond(Duration.ofDays(1).toNanos())).isZero();
    }
}
