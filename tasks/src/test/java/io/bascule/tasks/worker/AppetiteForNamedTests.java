package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.Lane;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Tour;
import io.bascule.tasks.worker.Appetite.Bite;
import io.bascule.tasks.worker.Appetite.Nibble;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a worker makes of hints that name workspaces. */
class AppetiteForNamedTests extends AppetiteOfAWorker {

    private static final UUID OTHER = new UUID(2, 2);

    @Test
    void aWorkerWithNothingToDoLooksAtTheNamedWorkspaceAlone() {
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint(Set.of(ACME));

        Nibble nibble = appetite.nibble().orElseThrow();
        take(nibble, 0, false);

        assertThat(nibble.claim().slots()).isEqualTo(Map.of(ACME, 3));
        assertThat(nibble.claim().room()).isEqualTo(3);
        assertThat(appetite.nibble()).isEmpty();
        assertThat(appetite.bite()).isEmpty();
    }

    @Test
    void namedWorkspacesGetEqualPartsOfTheRoom() {
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint(Set.of(ACME));
        appetite.hint(Set.of(OTHER));

        assertThat(appetite.nibble().orElseThrow().claim().slots()).isEqualTo(Map.of(ACME, 2, OTHER, 2));
    }

    @Test
    void aNamedWorkspaceThatHadAllItsSlotsMayHaveMore() {
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint(Set.of(ACME));
        take(appetite.nibble().orElseThrow(), 2, true);

        assertThat(appetite.bite()).isPresent();
    }

    @Test
    void aNamedWorkspaceThatHasItsShareIsLookedAtWhenOneOfItsTasksEnds() {
        answer(appetite.bite().orElseThrow(), 3, false);
        appetite.hint(Set.of(ACME));

        assertThat(appetite.nibble()).isEmpty();
        answer(appetite.bite().orElseThrow(), 0, false);
        assertThat(appetite.bite()).isEmpty();
        end(1);
        assertThat(appetite.biteWithSettlements()).isPresent();
    }

    @Test
    void aFullWorkerKeepsTheHintUntilASlotIsFree() {
        Appetite full = appetite(Lane.INSTANT, 4);
        full.answered(full.bite().orElseThrow(), new Claimed(tasks(4), Tour.behind(ACME), false, Map.of()));
        full.hint(Set.of(OTHER));
        assertThat(full.nibble()).isEmpty();
        assertThat(full.bite()).isEmpty();

        full.ending(Duration.ofMillis(100));

        assertThat(full.biteWithSettlements()).isPresent();
    }

    /** Else whoever is named would go before those who have waited longer. */
    @Test
    void whileOthersMayWaitANamedWorkspaceIsAReasonAsAny() {
        appetite.hint(Set.of(ACME));

        assertThat(appetite.nibble()).isEmpty();
        answer(appetite.bite().orElseThrow(), 0, false);
        assertThat(appetite.nibble()).isEmpty();
        assertThat(appetite.bite()).isEmpty();
    }

    @Test
    void whenAClaimOfNamedWorkspacesFailsAnyMayWait() {
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint(Set.of(ACME));
        appetite.giveBack(appetite.nibble().orElseThrow());

        assertThat(appetite.bite()).map(Bite::request).map(ClaimRequest::room).contains(4);
    }

    @Test
    void whoIsNamedDuringAClaimIsLookedAtAfterIt() {
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint(Set.of(ACME));
        Nibble first = appetite.nibble().orElseThrow();
        appetite.hint(Set.of(ACME));
        take(first, 1, false);

        assertThat(appetite.nibble().orElseThrow().claim().slots()).isEqualTo(Map.of(ACME, 2));
    }

    @Test
    void manyNamedWorkspacesAreAReasonToLookAtAll() {
        answer(appetite.bite().orElseThrow(), 0, false);
        for (int workspace = 0; workspace < 17; workspace++) {
            appetite.hint(Set.of(new UUID(8, workspace)));
        }

        assertThat(appetite.nibble()).isEmpty();
        assertThat(appetite.bite()).isPresent();
    }

    /** The round that is under way asks for all the room. */
    @Test
    void whileMuchIsClaimedAheadAnotherWorkspaceThatIsNamedNeedNotWaitForTheRound() {
        runAtOnce(30);
        Bite round = appetite.bite().orElseThrow();
        appetite.hint(Set.of(OTHER));
        Nibble nibble = appetite.nibble().orElseThrow();

        assertThat(nibble.claim().slots()).isEqualTo(Map.of(OTHER, 1));
        assertThat(appetite.bite()).isEmpty();
        take(nibble, 0, false);
        appetite.giveBack(round);
    }

    @Test
    void anotherWorkspaceThatIsNamedIsClaimedForBeforeTheNextLargeRound() {
        runAtOnce(30);
        appetite.hint(Set.of(OTHER));

        Nibble nibble = appetite.nibble().orElseThrow();

        assertThat(nibble.claim().slots()).isEqualTo(Map.of(OTHER, 1));
        assertThat(appetite.bite()).map(Bite::forOthers).contains(false);
    }

    /** A worker whose handlers returned at once claims ahead, also when it has nothing to do. */
    @Test
    void howeverManyAreNamedTheOthersAreLookedForInBetween() {
        runAtOnce(30);
        answer(appetite.bite().orElseThrow(), 0, false);
        appetite.hint();
        appetite.hint(Set.of(OTHER));
        take(appetite.nibble().orElseThrow(), 0, false);
        appetite.hint(Set.of(OTHER));

        assertThat(appetite.nibble()).isEmpty();
        Bite all = appetite.bite().orElseThrow();
        appetite.hint();
        take(appetite.nibble().orElseThrow(), 0, false);
        nanos.addAndGet(Duration.ofMillis(4).toNanos());
        appetite.hint(Set.of(OTHER));

        assertThat(all.forOthers()).isFalse();
        assertThat(appetite.nibble()).isEmpty();
        assertThat(appetite.bite()).map(Bite::forOthers).contains(true);
    }

    @Test
    void hintsOfTheCrowdItselfCauseNoClaimsBesideItsRounds() {
        runAtOnce(30);
        Bite round = appetite.bite().orElseThrow();
        appetite.hint(Set.of(ACME));

        assertThat(appetite.nibble()).isEmpty();
        assertThat(appetite.bite()).isEmpty();
        appetite.giveBack(round);
    }

    private void take(Nibble nibble, int number, boolean more) {
        running.merge(ACME, number, Integer::sum);
        appetite.answered(nibble, new Claimed(tasks(number), Tour.behind(ACME), more, Map.of()));
    }
}
