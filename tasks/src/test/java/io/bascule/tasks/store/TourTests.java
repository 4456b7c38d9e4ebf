package io.bascule.tasks.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.store.Tour.Leg;
import io.bascule.tasks.store.Tour.Visit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TourTests {

    private static final List<UUID> RING =
            IntStream.rangeClosed(1, 4).mapToObj(number -> new UUID(0, number)).toList();
    private static final UUID FIRST = RING.get(0);
    private static final UUID SECOND = RING.get(1);
    private static final UUID THIRD = RING.get(2);
    private static final UUID FOURTH = RING.get(3);

    private final Tour start = Tour.behind(new UUID(0, 0));

    @Test
    void nothingInTheWholeRingIsTheEndOfTheSearch() {
        Tour tour = start.next(round(null, over(FIRST), over(SECOND)));

        assertThat(tour.begins()).isTrue();
        assertThat(tour.after()).isEqualTo(SECOND);
    }

    @Test
    void theSearchGoesOnUntilTheRingHasBeenPassedOnce() {
        Tour half = start.next(part(over(FIRST), over(SECOND)));
        Tour whole = half.next(part(over(THIRD), over(FOURTH)));
        Tour again = whole.next(part(over(FIRST), over(SECOND)));

        assertThat(half.begins()).isFalse();
        assertThat(whole.begins()).isFalse();
        assertThat(again.begins()).as("past the place where it began").isTrue();
    }

    @Test
    void aWalkThatIsNotOverGoesOnWhereItStoppedBeforeTheRingDoes() {
        Tour cut = start.next(round(null, over(FIRST), at(SECOND, "m"), over(THIRD)));
        Tour on = cut.next(round(null, at(SECOND, "s")));
        Tour end = on.next(round(null, over(SECOND), over(THIRD), over(FIRST)));

        assertThat(cut.after()).isEqualTo(FIRST);
        assertThat(cut.passed()).isEqualTo(Map.of(SECOND, "m"));
        assertThat(on.after()).isEqualTo(FIRST);
        assertThat(on.passed()).isEqualTo(Map.of(SECOND, "s"));
        assertThat(on.begins()).isFalse();
        assertThat(end.passed()).isEmpty();
        assertThat(end.begins()).isTrue();
    }

    /** What it had passed before may have something by now. */
    @Test
    void aLapThatBeganInTheMiddleOfAWalkIsFollowedByAWholeOne() {
        Tour middle = start.next(round(FIRST, at(FIRST, "m")));
        Tour end = middle.next(round(null, over(FIRST)));

        assertThat(middle.begins()).isTrue();
        assertThat(end.begins()).isFalse();
        assertThat(end.next(round(null, over(FIRST))).begins()).isTrue();
    }

    @Test
    void whereNothingWasTriedForWantOfRoomTheNextWalkBeginsAtTheSamePlace() {
        Tour tour = start.next(round(FIRST, at(FIRST, "b"), new Visit(SECOND, "c", false)));

        assertThat(tour.passed()).isEqualTo(Map.of(FIRST, "b"));
    }

    @Test
    void whatDoesNotWaitAnyMoreIsForgottenAndWhatHasNoRoomIsNot() {
        Tour walking = start.next(round(THIRD, at(FIRST, "a"), at(SECOND, "b"), at(THIRD, "c")));
        Tour tour = walking.next(new Leg(null, 0, List.of(FIRST, THIRD), true, 1, List.of(over(FIRST))));

        assertThat(tour.passed()).isEqualTo(Map.of(THIRD, "c"));
    }

    @Test
    void aClaimIsToldOfTheWorkspacesThatComeNext() {
        Tour tour = start.next(round(SECOND, at(FIRST, "a"), at(SECOND, "b"), at(FOURTH, "d")));

        assertThat(tour.ahead(2)).containsExactly(Map.entry(FOURTH, "d"), Map.entry(FIRST, "a"));
        assertThat(tour.ahead(9)).hasSize(3);
    }

    @Test
    void whereOthersHoldAllThatWasFoundTheSameIsAskedForPatientlyOnce() {
        Leg held = new Leg(null, 3, List.of(FIRST), true, 1, List.of(at(FIRST, "m")));
        Tour patient = start.next(held);

        assertThat(patient).isEqualTo(new Tour(start.after(), start.passed(), null, true, 1));
        assertThat(patient.goesOn()).isTrue();
        assertThat(patient.next(held)).satisfies(tour -> {
            assertThat(tour.patient()).isFalse();
            assertThat(tour.passed()).isEqualTo(Map.of(FIRST, "m"));
        });
    }

    @Test
    void onceATaskWasFoundOrNothingWaitsTheNextClaimLooksAtTheFirstWorkspaceAlone() {
        assertThat(start.near()).isFalse();
        Tour near = start.next(round(FIRST, over(FIRST), over(SECOND)));
        assertThat(near.near()).isTrue();
        assertThat(near.impatient().near()).isTrue();
        assertThat(start.next(round(null)).near()).as("nothing waits").isTrue();
        assertThat(start.next(round(null, over(FIRST))).near()).isFalse();
    }

    @Test
    void afterALookInVainAtTheFirstWorkspaceManyTasksAreFoundByWholeWalks() {
        Tour tour = start.idle().onward();
        for (int found = 1; found < Tour.FAR; found++) {
            tour = tour.next(round(FIRST, over(FIRST)));
            assertThat(tour.near()).isFalse();
        }
        assertThat(tour.next(round(FIRST, over(FIRST))).near()).isTrue();
    }

    @Test
    void whatTheFirstWorkspaceDoesNotHaveIsLookedForInTheWholeRing() {
        Tour near = start.next(round(FIRST, at(FIRST, "m"), over(SECOND)));

        assertThat(near.onward()).satisfies(tour -> {
            assertThat(tour.goesOn()).isTrue();
            assertThat(tour.near()).isFalse();
            assertThat(tour.passed()).isEqualTo(Map.of(FIRST, "m"));
        });
        assertThat(near.idle()).satisfies(tour -> {
            assertThat(tour.goesOn()).isFalse();
            assertThat(tour.near()).isTrue();
            assertThat(tour.passed()).isEmpty();
        });
    }

    /** PostgreSQL compares ids as bytes, Java as signed numbers. */
    @Test
    void theRingIsInTheOrderOfTheDatabase() {
        UUID high = new UUID(-1, 0);
        Tour tour = start.next(new Leg(high, 2, List.of(FIRST, high), true, 2, List.of(at(FIRST, "a"), at(high, "z"))));

        assertThat(tour.passed().keySet()).containsExactly(FIRST, high);
    }

    private static Leg round(@Nullable UUID served, Visit... visits) {
        return new Leg(
                served,
                0,
                List.of(visits).stream().map(Visit::workspace).toList(),
                true,
                visits.length,
                List.of(visits));
    }

    private static Leg part(Visit... visits) {
        return new Leg(
                null,
                0,
                List.of(visits).stream().map(Visit::workspace).toList(),
                false,
                visits.length,
                List.of(visits));
    }

    private static Visit over(UUID workspace) {
        return new Visit(workspace, "", true);
    }

    private static Visit at(UUID workspace, String queue) {
        return new Visit(workspace, queue, true);
    }
}
