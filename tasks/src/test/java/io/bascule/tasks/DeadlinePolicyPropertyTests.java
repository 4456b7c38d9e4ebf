package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DeadlinePolicyPropertyTests {

    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");

    @Property
    void aRetryByHandHasAsLongAsTheTaskHadAtFirst(
            @ForAll @LongRange(min = 0, max = 1_000_000) long had,
            @ForAll @LongRange(min = 0, max = 1_000_000) long later) {
        Instant now = CREATED.plusMillis(later);

        assertThat(DeadlinePolicy.renewed(CREATED.plusMillis(had), CREATED, now))
                .isEqualTo(now.plus(Duration.ofMillis(had)));
    }

    @Property
    void aDeadlineHasPassedFromItsVeryMoment(@ForAll @LongRange(min = -1_000, max = 1_000) long offset) {
        assertThat(DeadlinePolicy.passed(CREATED, CREATED.plusMillis(offset))).isEqualTo(offset >= 0);
    }

    @Test
    void onlyInstantTasksHaveALimitByThemselves() {
        assertThat(DeadlinePolicy.timeLimit(Lane.INSTANT)).isEqualTo(Duration.ofSeconds(60));
        assertThat(DeadlinePolicy.timeLimit(Lane.QUEUED)).isNull();
        assertThat(DeadlinePolicy.renewed(null, CREATED, CREATED)).isNull();
    }
}
