package io.bascule.api.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetrySchedulePropertyTests {

    @Property
    void everyWaitIsWithinItsBounds(
            @ForAll @IntRange(min = 1, max = 10) int failures, @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        assertThat(RetrySchedule.after(failures, chance, null).orElseThrow())
                .isBetween(RetrySchedule.SHORTEST, RetrySchedule.LONGEST);
    }

    @Property
    void waitsNeverBecomeShorter(
            @ForAll @IntRange(min = 1, max = 9) int failures, @ForAll @DoubleRange(min = 0, max = 1) double chance) {
        assertThat(RetrySchedule.after(failures + 1, chance, null).orElseThrow())
                .isGreaterThanOrEqualTo(
                        RetrySchedule.after(failures, chance, null).orElseThrow());
    }

    @Property
    void theEndpointMayAskForMoreButNotForEver(
            @ForAll @IntRange(min = 1, max = 10) int failures,
            @ForAll @DoubleRange(min = 0, max = 1) double chance,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) long seconds) {
        Duration wanted = Duration.ofSeconds(seconds);
        Duration own = RetrySchedule.after(failures, chance, null).orElseThrow();
        Duration asked = RetrySchedule.after(failures, chance, wanted).orElseThrow();

        assertThat(asked).isBetween(own, RetrySchedule.LONGEST);
        assertThat(asked.compareTo(wanted) >= 0 || asked.equals(RetrySchedule.LONGEST))
                .isTrue();
    }

    @Property
    void afterTheLastAttemptThereIsNone(@ForAll @IntRange(min = 11, max = 1_000) int failures) {
        assertThat(RetrySchedule.after(failures, 0.5, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void theAttemptsSpanAboutThreeDays() {
        Duration least = Duration.ZERO;
        Duration most = Duration.ZERO;
        for (int failures = 1; failures < RetrySchedule.ATTEMPTS; failures++) {
            least = least.plus(RetrySchedule.after(failures, 0, null).orElseThrow());
            most = most.plus(RetrySchedule.after(failures, 1, null).orElseThrow());
        }

        assertThat(least).isGreaterThan(Duration.ofDays(2));
        assertThat(most).isLessThan(SweepDeliveries.LONGEST_WAIT);
    }

    @Test
    void jitterSpreadsWhatFailedTogether() {
        assertThat(RetrySchedule.after(3, 0, null)).isNotEqualTo(RetrySchedule.after(3, 1, null));
    }

    @Test
    void whatIsOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> RetrySchedule.after(0, 0.5, null)).hasMessageContaining("failures: 0");
        assertThatThrownBy(() -> RetrySchedule.after(1, 1.5, null)).hasMessageContaining("chance: 1.5");
    }
}
