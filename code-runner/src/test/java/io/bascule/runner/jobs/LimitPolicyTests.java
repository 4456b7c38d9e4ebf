package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.runner.jobs.LimitPolicy.Wish;
import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitPolicyTests {

    private final LimitPolicy policy = new LimitPolicy(
            new JobLimits(Duration.ofSeconds(30), Duration.ofSeconds(10), new MemorySize(256), 1000, 100),
            new JobLimits(Duration.ofMinutes(15), Duration.ofMinutes(4), new MemorySize(1024), 4000, 400));

    @ParameterizedTest
    @CsvSource({"0,10", "5,10", "30,10", "60,20", "300,100", "900,240"})
    void whoMayTakeLongerMayComputeLongerUpToTheMaximum(long wallSeconds, long cpuSeconds) {
        JobLimits granted = policy.grant(new Wish(wallSeconds * 1000, 0, 0, 0, 0));

        assertThat(granted.cpuTime()).isEqualTo(Duration.ofSeconds(cpuSeconds));
        assertThat(granted.wallTime()).isEqualTo(Duration.ofSeconds(wallSeconds == 0 ? 30 : wallSeconds));
    }

    @Test
    void aWishIsGrantedUpToTheMaximumAndNamedBeyondIt() {
        assertThat(policy.grant(new Wish(900_000, 1, 96, 4000, 400)))
                .isEqualTo(new JobLimits(Duration.ofMinutes(15), Duration.ofMillis(1), new MemorySize(96), 4000, 400));
        assertThatThrownBy(() -> policy.grant(new Wish(0, 240_001, 0, 0, 0)))
                .hasMessage("limits.cpu_millis: 240001 (expected: <= 240000)");
    }
}
