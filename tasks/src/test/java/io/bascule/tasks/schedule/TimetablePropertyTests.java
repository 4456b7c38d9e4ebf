package io.bascule.tasks.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimetablePropertyTests {

    private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");

    @Property(tries = 300)
    void whoeverLooksAtWhateverMomentsFindsEveryOccurrenceOnce(
            @ForAll @IntRange(min = 1, max = 100) int interval,
            @ForAll @IntRange(min = 0, max = 200) int jitter,
            @ForAll @LongRange(min = 1, max = 90_000) long stepMillis) {
        Timetable timetable = every(interval, jitter, MissedRuns.ALL);
        List<Instant> run = new ArrayList<>();
        Instant next = timetable.after(ANCHOR).orElseThrow().at();
        Instant now = ANCHOR;
        for (int step = 0; step < 50; step++) {
            now = now.plusMillis(stepMillis);
            DueRuns due = timetable.due(next, now);
            for (Occurrence occurrence : due.runs()) {
                assertThat(occurrence.runAt()).isBetween(occurrence.at(), now);
                run.add(occurrence.at());
            }
            Occurrence following = Objects.requireNonNull(due.next());
            assertThat(following.runAt()).isAfter(now);
            next = following.at();
        }

        List<Instant> expected = new ArrayList<>();
        for (Instant at = ANCHOR.plusSeconds(interval); at.isBefore(next); at = at.plusSeconds(interval)) {
            expected.add(at);
        }
        assertThat(run).isEqualTo(expected);
    }

    /** Ten minutes ahead, and later back again: what ran early does not run twice, and no more runs at once than the policy says. */
    @Property(tries = 100)
    void aJumpOfTheClockNeitherStormsNorRunsAnOccurrenceTwice(
            @ForAll MissedRuns missed,
            @ForAll @IntRange(min = 1, max = 120) int interval,
            @ForAll @IntRange(min = 0, max = 60) int jitter) {
        Timetable timetable = every(interval, jitter, missed);
        List<Instant> run = new ArrayList<>();
        Instant next = timetable.after(ANCHOR).orElseThrow().at();
        Instant now = ANCHOR;
        for (int second = 0; second < 2_000; second++) {
            now = now.plusSeconds(1 + (second == 300 ? 600 : 0) - (second == 600 ? 600 : 0));
            DueRuns due = timetable.due(next, now);
            assertThat(due.runs()).hasSizeLessThanOrEqualTo(missed == MissedRuns.ALL ? 100 : 1);
            due.runs().forEach(occurrence -> run.add(occurrence.at()));
            next = Objects.requireNonNull(due.next()).at();
        }

        assertThat(run).isSorted().doesNotHaveDuplicates();
        assertThat(run.size()).isGreaterThan(1_000 / (interval + jitter));
    }

    @Property(tries = 300)
    void jitterKeepsTheOrderAndItsBound(
            @ForAll long id,
            @ForAll @IntRange(min = 1, max = 90) int minutes,
            @ForAll @IntRange(min = 0, max = 86_400) int jitter) {
        var timetable = new Timetable(
                new UUID(id, id),
                new When.Every(Duration.ofMinutes(minutes)),
                ANCHOR,
                Duration.ofSeconds(jitter),
                MissedRuns.SKIP);
        Occurrence before = timetable.after(ANCHOR).orElseThrow();
        for (int number = 0; number < 20; number++) {
            Occurrence after = timetable.after(before.at()).orElseThrow();

            assertThat(before.runAt()).isBetween(before.at(), before.at().plusSeconds(jitter));
            assertThat(before.runAt()).isBefore(after.at());
            assertThat(timetable.after(after.at().minusNanos(1))).contains(after);
            before = after;
        }
    }

    @Test
    void jitterSpreadsSchedulesOfTheSameTimes() {
        Set<Instant> starts = new HashSet<>();
        for (int schedule = 0; schedule < 100; schedule++) {
            var timetable = new Timetable(
                    new UUID(0, schedule),
                    new When.Every(Duration.ofHours(1)),
                    ANCHOR,
                    Duration.ofMinutes(10),
                    MissedRuns.SKIP);
            starts.add(timetable.after(ANCHOR).orElseThrow().runAt());
        }

        assertThat(starts).hasSizeGreaterThan(95);
        assertThat(starts).anyMatch(start -> start.isBefore(ANCHOR.plus(Duration.ofMinutes(62))));
        assertThat(starts).anyMatch(start -> start.isAfter(ANCHOR.plus(Duration.ofMinutes(68))));
    }

    @Test
    void missedRunsAreSkippedButForOneThatIsHardlyLate() {
        Timetable timetable = every(3600, 0, MissedRuns.SKIP);

        assertThat(ran(timetable, "01:00:00", "01:00:59")).containsExactly("01:00");
        assertThat(ran(timetable, "01:00:00", "01:01:01")).isEmpty();
        assertThat(ran(timetable, "01:00:00", "05:00:30")).containsExactly("05:00");
        assertThat(ran(every(5, 0, MissedRuns.SKIP), "00:00:05", "00:00:30")).containsExactly("00:00:30");
    }

    @Test
    void oneRunStandsForAllThatWereMissed() {
        assertThat(ran(every(3600, 0, MissedRuns.ONCE), "01:00:00", "05:30:00")).containsExactly("05:00");
    }

    @Test
    void allMissedRunsAreMadeUpForUpToAHundred() {
        assertThat(ran(every(3600, 0, MissedRuns.ALL), "01:00:00", "03:30:00"))
                .containsExactly("01:00", "02:00", "03:00");

        DueRuns year = every(1, 0, MissedRuns.ALL).due(ANCHOR.plusSeconds(1), ANCHOR.plus(Duration.ofDays(3650)));
        assertThat(year.runs()).hasSize(100);
        assertThat(year.runs().getLast().at()).isEqualTo(ANCHOR.plus(Duration.ofDays(3650)));
        assertThat(year.next()).isNotNull();
    }

    @Test
    void aRunThatIsPutOffWaitsForItsMoment() {
        Timetable timetable = every(3600, 1800, MissedRuns.ONCE);
        Occurrence first = timetable.after(ANCHOR).orElseThrow();

        assertThat(timetable.due(first.at(), first.runAt().minusMillis(1))).isEqualTo(new DueRuns(List.of(), first));
        assertThat(timetable.due(first.at(), first.runAt()).runs()).containsExactly(first);
    }

    @Test
    void theLastOccurrenceHasNoneAfterIt() {
        var never = new Timetable(
                new UUID(1, 1),
                new When.Cron(CronTimes.parse("0 0 30 2 *"), When.Cron.zone("UTC")),
                ANCHOR,
                Duration.ZERO,
                MissedRuns.ALL);

        assertThat(never.after(ANCHOR)).isEmpty();
        assertThat(never.due(ANCHOR, ANCHOR.plusSeconds(1))).isEqualTo(new DueRuns(List.of(), null));
    }

    private static Timetable every(int seconds, int jitter, MissedRuns missed) {
        return new Timetable(
                new UUID(1, 1),
                new When.Every(Duration.ofSeconds(seconds)),
                ANCHOR,
                Duration.ofSeconds(jitter),
                missed);
    }

    private static List<String> ran(Timetable timetable, String oldest, String now) {
        return timetable.due(at(oldest), at(now)).runs().stream()
                .map(run -> run.at().toString().substring(11).replaceAll("(:00)?Z$", ""))
                .toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }
}
