package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A budget whose time the test moves. */
class CpuBudgetTests {

    private final AtomicLong now = new AtomicLong(1_000);
    private final CpuBudget half = new CpuBudget(0.5, now::get);

    @Test
    void oneSecondsWorthMayBeUsedAtOnce() {
        half.charge(Duration.ofMillis(499));

        assertThat(half.untilAllowed()).isZero();
    }

    @Test
    void whatIsOverdrawnIsWaitedForAtTheRateOfTheBudget() {
        half.charge(Duration.ofMillis(600));

        assertThat(half.untilAllowed())
                .isBetween(Duration.ofMillis(200), Duration.ofMillis(200).plusNanos(10));
        now.addAndGet(half.untilAllowed().toNanos());
        assertThat(half.untilAllowed()).isZero();
    }

    @Test
    void inTheLongRunStartsUseNoMoreThanTheirShare() {
        long begin = now.get();
        Duration used = Duration.ZERO;
        while (now.get() - begin < Duration.ofSeconds(100).toNanos()) {
            now.addAndGet(half.untilAllowed().toNanos());
            half.charge(Duration.ofMillis(70));
            used = used.plusMillis(70);
        }

        assertThat(used).isBetween(Duration.ofSeconds(49), Duration.ofMillis(50_700));
    }

    @Test
    void whatIsNotUsedIsNotSavedBeyondOneSecond() {
        now.addAndGet(Duration.ofHours(1).toNanos());
        half.charge(Duration.ofMillis(501));

        assertThat(half.untilAllowed()).isPositive();
    }

    @Test
    void aBudgetOfNothingIsAMistake() {
        assertThatThrownBy(() -> new CpuBudget(0, now::get)).hasMessageContaining("processors");
    }
}
