package io.bascule.tasks.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In 2026 Berlin sets its clocks forward on 29 March at 02:00 and back on 25 October at 03:00. */
class WhenTests {

    private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:10Z");

    @Test
    void aTimeOfTheDayKeepsToTheClockOfItsZone() {
        assertThat(next("0 9 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z", "2026-03-30T07:00:00Z");
    }

    @Test
    void aTimeThatIsLeftOutComesAtTheMomentAfterTheGap() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void severalTimesThatAreLeftOutComeOnce() {
        assertThat(next("0,20,40 2,3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 4))
                .containsExactly(
                        "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z", "2026-03-30T00:00:00Z");
    }

    @Test
    void aTimeThatHappensTwiceComesOnceAtTheFirst() {
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T00:45:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
        assertThat(next("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void aRhythmWithinTheHourGoesOnThroughBothChanges() {
        assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", 4))
                .containsExactly(
                        "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z");
        assertThat(next("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 5))
                .containsExactly(
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:00:00Z",
                        "2026-10-25T02:30:00Z");
    }

    @Test
    void aChangeOfHalfAnHourFollowsTheSameRules() {
        // Lord Howe: 4 October 2026 02:00 becomes 02:30; 5 April 2026 02:00 becomes 01:30.
        assertThat(next("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", 1))
                .containsExactly("2026-10-03T15:30:00Z");
        assertThat(next("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00:00Z", 2))
                .containsExactly("2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z");
    }

    @Test
    void aDayThatAZoneLeftOutComesAtTheMomentAfterIt() {
        // Samoa had no 30 December 2011.
        assertThat(next("0 9 30 * *", "Pacific/Apia", "2011-12-01T00:00:00Z", 2))
                .containsExactly("2011-12-30T10:00:00Z", "2012-01-29T19:00:00Z");
    }

    @Test
    void timesOnlyGoForwardAndNoneIsPassedOver() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca")) {
            for (String expression : List.of("*/7 * * * *", "*/7 0-23 * * *", "30 1,2,3 * * *", "0 */5 * * 1,2")) {
                walksForward(When.Cron.zone(zone), expression);
            }
        }
    }

    /** From any moment between two occurrences, the next one is the second. */
    private static void walksForward(ZoneId zone, String expression) {
        var cron = new When.Cron(CronTimes.parse(expression), zone);
        Instant end = Instant.parse("2027-01-01T00:00:00Z");
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        while (at.isBefore(end)) {
            Instant next = cron.after(at, ANCHOR).orElseThrow();
            assertThat(next).isAfter(at);
            Instant between = at.plus(Duration.between(at, next).dividedBy(2));
            assertThat(cron.after(between, ANCHOR)).contains(next);
            assertThat(cron.after(next.minusNanos(1), ANCHOR)).contains(next);
            LocalDateTime local = LocalDateTime.ofInstant(next, zone);
            boolean matches =
                    cron.times().after(local.minusSeconds(1)).orElseThrow().equals(local);
            boolean afterGap = zone.getRules().getOffset(next.minusSeconds(1)).getTotalSeconds()
                    < zone.getRules().getOffset(next).getTotalSeconds();
            assertThat(matches || afterGap)
                    .as("%s in %s: %s", expression, zone, next)
                    .isTrue();
            at = next;
        }
    }

    @Test
    void anIntervalIsCountedFromItsAnchorWhateverTheClocksDo() {
        var every = When.Every.parse("PT6H");

        assertThat(every.after(ANCHOR, ANCHOR)).contains(Instant.parse("2026-01-01T06:00:10Z"));
        assertThat(every.after(ANCHOR.minusSeconds(99_999), ANCHOR)).contains(Instant.parse("2026-01-01T06:00:10Z"));
        assertThat(every.after(Instant.parse("2026-03-29T00:00:10Z"), ANCHOR))
                .contains(Instant.parse("2026-03-29T06:00:10Z"));
        assertThat(every.after(Instant.parse("2026-03-29T00:00:09.999Z"), ANCHOR))
                .contains(Instant.parse("2026-03-29T00:00:10Z"));
    }

    @Test
    void anIntervalHasBounds() {
        for (String refused : List.of("PT0S", "-PT5S", "PT0.5S", "PT1.5S", "P367D")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> When.Every.parse(refused))
                    .withMessageContaining("expected: whole seconds from PT1S to P366D");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> When.Every.parse("15m"))
                .withMessageContaining("15m (expected: a duration such as PT15M or P1D)");
    }

    @Test
    void aZoneThatIsNoneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> When.Cron.zone("Europe/Berln"))
                .withMessage("Europe/Berln (expected: a time zone such as Europe/Berlin or UTC)");
    }

    private static List<String> next(String expression, String zone, String after, int number) {
        var cron = new When.Cron(CronTimes.parse(expression), When.Cron.zone(zone));
        List<String> found = new ArrayList<>();
        Instant at = Instant.parse(after);
        while (found.size() < number) {
            at = cron.after(at, ANCHOR).orElseThrow();
            found.add(at.toString());
        }
        return found;
    }
}
