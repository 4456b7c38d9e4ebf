package io.bascule.runner.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bascule.runner.jobs.RefillPolicy.Refill;
import io.bascule.runner.jobs.RefillPolicy.Shelf;
import io.bascule.runner.sandbox.MemorySize;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefillPolicyTests {

    private static final WarmKind USUAL = new WarmKind(new MemorySize(256));
    private static final WarmKind LARGE = new WarmKind(new MemorySize(512));
    private static final WarmKind LARGER = new WarmKind(new MemorySize(1024));
    private static final Duration START = Duration.ofMillis(100);
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG_AGO = Duration.ofDays(1);

    private final RefillPolicy policy = new RefillPolicy(2, 8);

    @Test
    void withoutAnyDemandTheLeastWait() {
        assertThat(next(usual(0, 0))).isEqualTo(new Refill.Start(USUAL));
        assertThat(next(usual(1, 0))).isEqualTo(new Refill.Start(USUAL));
        assertThat(next(usual(2, 0))).isInstanceOf(Refill.Wait.class);
    }

    @Test
    void asManyWaitAsAreLikelyToBeAskedForDuringAStart() {
        assertThat(settlesAt(usual(0, 1))).isEqualTo(2);
        assertThat(settlesAt(usual(0, 10))).isEqualTo(4);
        assertThat(settlesAt(usual(0, 20))).isEqualTo(6);
        assertThat(settlesAt(usual(0, 1_000))).isEqualTo(8);
    }

    @Test
    void aMemoryThatIsAskedForAgainAndAgainGetsItsOwnAndASeldomOneDoesNot() {
        assertThat(next(usual(2, 0), shelf(LARGE, 0, 0.03, NOW))).isInstanceOf(Refill.Wait.class);
        assertThat(next(usual(2, 0), shelf(LARGE, 0, 0.06, NOW))).isEqualTo(new Refill.Start(LARGE));
        assertThat(next(usual(2, 0), shelf(LARGE, 1, 0.06, NOW))).isInstanceOf(Refill.Wait.class);
    }

    @Test
    void theUsualMemoryComesFirstAndThenWhatIsAskedForMostOften() {
        var tight = new RefillPolicy(2, 3);

        assertThat(tight.next(List.of(usual(2, 0), shelf(LARGE, 0, 1, NOW), shelf(LARGER, 0, 2, NOW)), Duration.ZERO))
                .isEqualTo(new Refill.Start(LARGER));
        assertThat(tight.next(List.of(usual(2, 0), shelf(LARGE, 0, 1, NOW), shelf(LARGER, 1, 2, NOW)), Duration.ZERO))
                .isInstanceOf(Refill.Wait.class);
    }

    @Test
    void thereAreNeverMoreThanTheMost() {
        for (int usual = 0; usual <= 12; usual++) {
            for (int large = 0; large <= 12; large++) {
                Refill next = next(usual(usual, 100), shelf(LARGE, large, 100, NOW));
                if (usual + large >= 8) {
                    assertThat(next).isNotInstanceOf(Refill.Start.class);
                }
            }
        }
    }

    @Test
    void whatNobodyComesForIsGivenUpAfterAWhileOrWhenItsPlaceIsNeeded() {
        assertThat(next(usual(2, 0), shelf(LARGE, 1, 0, Duration.ofSeconds(59))))
                .isInstanceOf(Refill.Wait.class);
        assertThat(next(usual(2, 0), shelf(LARGE, 1, 0, Duration.ofSeconds(60))))
                .isEqualTo(new Refill.GiveUp(LARGE));
        assertThat(next(usual(7, 100), shelf(LARGE, 1, 0, Duration.ofSeconds(1))))
                .isEqualTo(new Refill.GiveUp(LARGE));
        assertThat(next(usual(5, 0, Duration.ofMinutes(2)))).isEqualTo(new Refill.GiveUp(USUAL));
    }

    @Test
    void aKindThatNobodyComesForIsForgottenOnceNoneOfItIsLeft() {
        assertThat(next(usual(2, 0), shelf(LARGE, 0, 0.04, Duration.ofSeconds(60))))
                .isEqualTo(new Refill.Forget(LARGE));
        assertThat(next(usual(2, 0), shelf(LARGE, 0, 0.04, Duration.ofSeconds(59))))
                .isInstanceOf(Refill.Wait.class);
        assertThat(next(usual(2, 0), shelf(LARGE, 0, 0.06, Duration.ofSeconds(60))))
                .isEqualTo(new Refill.Start(LARGE));
        assertThat(new RefillPolicy(0, 8).next(List.of(usual(0, 0, Duration.ofHours(1))), Duration.ZERO))
                .isInstanceOf(Refill.Wait.class);
    }

    @Test
    void startsWaitForTheirBudgetAndGivingUpDoesNot() {
        assertThat(policy.next(List.of(usual(0, 0)), Duration.ofMillis(30)))
                .isEqualTo(new Refill.Wait(Duration.ofMillis(30)));
        assertThat(policy.next(List.of(usual(5, 0, Duration.ofMinutes(2))), Duration.ofMillis(30)))
                .isEqualTo(new Refill.GiveUp(USUAL));
    }

    @Test
    void theJobThatTookOneComesFirstUnlessThatWasTheLast() {
        assertThat(next(taken(1, Duration.ofMillis(5)))).isEqualTo(new Refill.Wait(Duration.ofMillis(15)));
        assertThat(next(taken(1, Duration.ofMillis(20)))).isEqualTo(new Refill.Start(USUAL));
        assertThat(next(taken(0, Duration.ofMillis(5)))).isEqualTo(new Refill.Start(USUAL));
        assertThat(policy.next(List.of(taken(1, Duration.ofMillis(5))), Duration.ofMillis(30)))
                .isEqualTo(new Refill.Wait(Duration.ofMillis(30)));
    }

    private static Shelf taken(int ready, Duration unreplaced) {
        return new Shelf(USUAL, true, ready, 0, START, unreplaced, unreplaced);
    }

    @Test
    void itEndsInPeaceFromWhereverItBegins() {
        for (int usual = 0; usual <= 10; usual++) {
            for (int large = 0; large <= 10; large++) {
                int ready = usual;
                int other = large;
                int steps = 0;
                while (true) {
                    Refill next = next(usual(ready, 4, Duration.ofMinutes(2)), shelf(LARGE, other, 1, NOW));
                    if (next instanceof Refill.Wait) {
                        break;
                    }
                    ready += change(next, USUAL);
                    other += change(next, LARGE);
                    assertThat(++steps).isLessThan(40);
                }
                assertThat(ready + other).isLessThanOrEqualTo(8);
                assertThat(ready).isEqualTo(2);
            }
        }
    }

    @Test
    void moreThanTheMostCannotBeTheLeast() {
        assertThatThrownBy(() -> new RefillPolicy(3, 2)).hasMessageContaining("0 <= least <= most");
    }

    private static int change(Refill next, WarmKind kind) {
        return switch (next) {
            case Refill.Start(WarmKind started) -> started.equals(kind) ? 1 : 0;
            case Refill.GiveUp(WarmKind given) -> given.equals(kind) ? -1 : 0;
            case Refill.Forget _, Refill.Wait _ -> 0;
        };
    }

    private int settlesAt(Shelf empty) {
        int ready = 0;
        while (next(usual(ready, empty.perSecond())) instanceof Refill.Start) {
            ready++;
        }
        return ready;
    }

    private Refill next(Shelf... shelves) {
        return policy.next(List.of(shelves), Duration.ZERO);
    }

    private static Shelf usual(int ready, double perSecond) {
        return usual(ready, perSecond, NOW);
    }

    private static Shelf usual(int ready, double perSecond, Duration unused) {
        return new Shelf(USUAL, true, ready, perSecond, START, unused, LONG_AGO);
    }

    private static Shelf shelf(WarmKind kind, int ready, double perSecond, Duration unused) {
        return new Shelf(kind, false, ready, perSecond, START, unused, LONG_AGO);
    }
}
