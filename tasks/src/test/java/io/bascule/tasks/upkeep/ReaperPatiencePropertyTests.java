package io.bascule.tasks.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ReaperPatiencePropertyTests {

    private static final Instant LAST = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final ReaperPatience patience = new ReaperPatience(LEASE, Duration.ofSeconds(5));

    @Property
    void passesInRhythmNeverWait(@ForAll @LongRange(min = 0, max = 5_000) long gap) {
        Instant now = LAST.plusMillis(gap);

        assertThat(ReaperPatience.mayReturn(patience.quietUntil(LAST, Instant.EPOCH, now), now))
                .isTrue();
    }

    @Property
    void aLongerGapCostsOneFullLease(
            @ForAll @LongRange(min = 5_001, max = 100_000_000) long gap,
            @ForAll @LongRange(min = 0, max = 20_000) long later) {
        Instant now = LAST.plusMillis(gap);
        Instant quiet = patience.quietUntil(LAST, Instant.EPOCH, now);

        assertThat(ReaperPatience.mayReturn(quiet, now.plusMillis(later))).isEqualTo(later >= LEASE.toMillis());
    }

    @Property
    void anUninterruptedRhythmDoesNotLengthenTheWait(@ForAll @LongRange(min = 0, max = 5_000) long gap) {
        Instant quiet = LAST.plusSeconds(7);

        assertThat(patience.quietUntil(LAST, quiet, LAST.plusMillis(gap))).isEqualTo(quiet);
    }
}
