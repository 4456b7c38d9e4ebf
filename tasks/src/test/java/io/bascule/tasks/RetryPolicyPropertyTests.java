package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryPolicyPropertyTests {

    @Property
    void noWaitIsLongerThanItsCeiling(
            @ForAll @IntRange(min = 1, max = 100) int failures,
            @ForAll @LongRange(min = 0, max = 86_400_000) long backoff,
            @ForAll long seed) {
        var policy = new RetryPolicy(100, Duration.ofMillis(backoff));

        assertThat(policy.waitAfter(failures, new Random(seed)))
                .isBetween(Duration.ZERO, policy.ceilingAfter(failures));
    }

    @Property
    void ceilingsDoubleUntilTheLongestWait(
            @ForAll @IntRange(min = 1, max = 99) int failures,
            @ForAll @LongRange(min = 0, max = 86_400_000) long backoff) {
        var policy = new RetryPolicy(100, Duration.ofMillis(backoff));
        Duration ceiling = policy.ceilingAfter(failures);
        Duration longest =
                RetryPolicy.LONGEST_WAIT.compareTo(policy.backoff()) > 0 ? RetryPolicy.LONGEST_WAIT : policy.backoff();
        Duration doubled = ceiling.multipliedBy(2);

        assertThat(policy.ceilingAfter(failures + 1)).isEqualTo(doubled.compareTo(longest) > 0 ? longest : doubled);
    }

    @Test
    void waitsAreSpreadOverTheWholeRange() {
        var policy = new RetryPolicy(3, Duration.ofSeconds(10));
        var random = new Random(7);

        double mean = random.ints(10_000, 0, 1)
                .mapToLong(_ -> policy.waitAfter(1, random).toMillis())
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(4_800.0, 5_200.0);
    }

    @Test
    void aPolicyOutOfBoundsSaysWhatIsExpected() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ZERO)).hasMessage("maxFailures: 0 (expected: 1 to 100)");
    }
}
