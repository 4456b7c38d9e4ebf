package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.testsupport.SettableClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskIdsTests {

    private static final Comparator<UUID> AS_BYTES =
            (left, right) -> left.toString().compareTo(right.toString());

    private final SettableClock clock = SettableClock.atNoon();
    private final TaskIds ids = new TaskIds(clock, new Random(1));

    @Test
    void anIdIsAVersionSevenUuidOfItsMoment() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void idsGrowEvenWhenTheClockStandsStillOrGoesBack() {
        List<UUID> before = Stream.generate(ids::next).limit(10_000).toList();
        clock.advance(Duration.ofSeconds(-5));
        UUID after = ids.next();

        assertThat(before).isSortedAccordingTo(AS_BYTES).doesNotHaveDuplicates();
        assertThat(AS_BYTES.compare(after, before.getLast())).isPositive();
    }
}
