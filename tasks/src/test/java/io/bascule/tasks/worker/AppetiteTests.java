package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Floor;
import io.bascule.tasks.store.Tour;
import io.bascule.tasks.worker.Appetite.Bite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AppetiteTests extends AppetiteOfAWorker {

    @Test
    void aStartingWorkerLooksOnceAndThenWaitsForAReason() {
        answer(appetite.bite().orElseThrow(), 0, false);

        assertThat(appetite.bite()).isEmpty();
        appetite.hint();
        assertThat(appetite.bite()).isPresent();
    }

    @Test
    void claimsUnderWayAtTheSameTimeShareTheSlots() {
        Bite first = appetite.bite().orElseThrow();

        assertThat(first.request().room()).isEqualTo(4);
        assertThat(appetite.biteWithSettlements()).isEmpty();
        appetite.giveBack(first);
        assertThat(appetite.bite()).map(Bite::request).map(ClaimRequest::room).contains(4);
    }

    @Test
    void aSecondClaimLeavesAWorkspaceWhatTheFirstMayTakeOfItsShare() {
        answer(appetite.bite().orElseThrow(), 3, true);
        end(2);
        Bite first = appetite.biteWithSettlements().orElseThrow();
        end(1);
        appetite.hint();

        assertThat(first.request().room()).isEqualTo(3);
        assertThat(appetite.biteWithSettlements()).isEmpty();
    }

    /** The hint came after the database had answered: it must not be taken for seen. */
    @Test
    void aHintThatComesDuringAClaimIsAReasonForAnother() {
        Bite bite = appetite.bite().orElseThrow();
        appetite.hint();
        answer(bite, 0, false);

        assertThat(appetite.bite()).isPresent();
    }

    @Test
    void slotsOfEndingTasksAreLeftToTheirSettlement() {
        answer(appetite.bite().orElseThrow(), 3, true);
        answer(appetite.bite().orElseThrow(), 0, true);
        end(3);

        assertThat(appetite.bite()).map(Bite::request).map(ClaimRequest::room).contains(1);
        assertThat(appetite.biteWithSettlements())
                .map(Bite::request)
                .map(ClaimRequest::room)
                .contains(3);
    }

    @Test
    void aWorkspaceThatHadItsShareIsLookedAtWhenOneOfItsTasksEnds() {
        answer(appetite.bite().orElseThrow(), 3, false);
        assertThat(appetite.bite()).isEmpty();

        end(1);

        assertThat(appetite.bite()).isEmpty();
        assertThat(appetite.biteWithSettlements()).isPresent();
    }

    @Test
    void whenItsTasksEndedDuringTheClaimNobodyNeedWaitForTheNextEnd() {
        Bite bite = appetite.bite().orElseThrow();
        List<ClaimedTask> tasks = tasks(3);
        appetite.answered(bite, new Claimed(tasks, Tour.behind(ACME), false, Map.of()));

        assertThat(appetite.hungry()).isTrue();
    }

    @Test
    void whileHandlersReturnAtOnceAShareMoreIsClaimedAhead() {
        runAtOnce(30);
        end(3, AT_ONCE);

        ClaimRequest ahead = appetite.biteWithSettlements().orElseThrow().request();

        assertThat(ahead.room()).isEqualTo(4 + 3);
        assertThat(ahead.share()).isEqualTo(3 + 3);
    }

    @Test
    void theQuickerHandlersReturnTheMoreIsClaimedAheadUpToABound() {
        runAtOnce(30, AT_ONCE.dividedBy(10));
        Bite tenTimes = appetite.biteWithSettlements().orElseThrow();
        appetite.giveBack(tenTimes);
        end(32, AT_ONCE.dividedBy(1_000));

        assertThat(tenTimes.request().room()).isEqualTo(1 + 3 * 10);
        assertThat(appetite.bite().orElseThrow().request().share()).isEqualTo(3 + 200);
    }

    /** The round that is under way asks for all the room, and would have to end first. */
    @Test
    void whileMuchIsClaimedAheadAHintIsReasonEnoughToLookForOthers() {
        runAtOnce(30);
        Bite round = appetite.bite().orElseThrow();
        appetite.hint();
        Bite others = appetite.bite().orElseThrow();

        assertThat(others.request().room()).isOne();
        assertThat(others.request().share()).isEqualTo(3);
        assertThat(appetite.bite()).isEmpty();
        appetite.giveBack(others);
        appetite.giveBack(round);
        assertThat(appetite.bite()).map(Bite::request).map(ClaimRequest::room).contains(1 + 3);
    }

    @Test
    void aHintThatAClaimForAllTheRoomFollowsIsNoReasonToLookForOthersAsWell() {
        runAtOnce(30);
        answer(appetite.bite().orElseThrow(), 0, false);
        nanos.addAndGet(Duration.ofMillis(4).toNanos());
        appetite.hint();
        Bite all = appetite.bite().orElseThrow();
        answer(all, 0, false);

        assertThat(all.forOthers()).isFalse();
        assertThat(appetite.bite()).isEmpty();
        assertThat(appetite.soon()).isEmpty();
    }

    @Test
    void aHintThatComesTooSoonIsFollowedALittleLater() {
        runAtOnce(30);
        Bite round = appetite.bite().orElseThrow();
        appetite.hint();
        appetite.giveBack(appetite.bite().orElseThrow());
        assertThat(appetite.soon()).isEmpty();

        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        appetite.hint();

        assertThat(appetite.bite()).isEmpty();
        assertThat(appetite.soon()).contains(Duration.ofMillis(3));
        nanos.addAndGet(Duration.ofMillis(3).toNanos());
        assertThat(appetite.bite()).map(Bite::forOthers).contains(true);
        appetite.giveBack(round);
    }

    /** Nobody returns, and each hint is of another workspace. */
    @Test
    void claimsForOthersTakeNoMoreInAllThanTheirSlotsBeyondTheRoom() {
        runAtOnce(30);
        int taken = 0;
        for (int hint = 0; hint < 10; hint++) {
            nanos.addAndGet(Duration.ofMillis(4).toNanos());
            appetite.hint();
            Optional<Bite> bite = appetite.bite();
            if (bite.isPresent()) {
                int room = bite.get().request().room();
                taken += room;
                // One of them has the free slot.
                waiting.set(taken - 1);
                answer(bite.get(), room, true);
            }
        }

        // Four slots and three ahead, less the three that run, and the one slot that no workspace may have.
        assertThat(taken).isEqualTo(4 + 3 - 3 + 1);
    }

    @Test
    void aClaimForOthersLeavesTheFloorsAsTheyAre() {
        runAtOnce(30);
        Map<UUID, Floor> floors = Map.of(ACME, new Floor(Instant.EPOCH, 0));
        appetite.answered(appetite.bite().orElseThrow(), new Claimed(List.of(), Tour.behind(ACME), true, floors));
        Bite round = appetite.bite().orElseThrow();
        nanos.addAndGet(Duration.ofMillis(4).toNanos());
        appetite.hint();
        Bite others = appetite.bite().orElseThrow();
        assertThat(others.forOthers()).isTrue();
        appetite.answered(others, new Claimed(List.of(), Tour.behind(ACME), true, Map.of()));
        appetite.giveBack(round);

        assertThat(appetite.bite().orElseThrow().request().floors()).isEqualTo(floors);
    }

    @Test
    void nothingIsClaimedAheadAfterAFewHandlersOrASlowOne() {
        runAtOnce(10);
        end(3, AT_ONCE);
        Bite early = appetite.biteWithSettlements().orElseThrow();
        answer(early, 3, true);
        for (int round = 0; round < 30; round++) {
            end(3, AT_ONCE);
            answer(appetite.biteWithSettlements().orElseThrow(), 3, true);
        }
        end(3, Duration.ofSeconds(1));

        assertThat(early.request().room()).isEqualTo(4);
        assertThat(appetite.biteWithSettlements().orElseThrow().request().room())
                .isEqualTo(4);
    }

    @Test
    void whatWasClaimedAheadInVainIsNotClaimedAheadAgain() {
        runAtOnce(30);
        appetite.aheadInVain();
        end(3, AT_ONCE);

        assertThat(appetite.biteWithSettlements().orElseThrow().request().room())
                .isEqualTo(4);
    }

    /** Three of one workspace run and three of it wait: the fourth slot is another's. */
    @Test
    void slotsThatWaitingTasksMayNotHaveAreStillClaimedFor() {
        runAtOnce(30);
        appetite.giveBack(appetite.bite().orElseThrow());
        end(3, AT_ONCE);
        answer(appetite.biteWithSettlements().orElseThrow(), 6, false);
        waiting.set(3);
        appetite.aheadInVain();
        appetite.hint();

        assertThat(appetite.bite().orElseThrow().request().room()).isOne();
    }

    @Test
    void aRoundIsMadeAtOnceWhenNothingElseRuns() {
        answer(appetite.bite().orElseThrow(), 3, true);
        end(2);
        assertThat(appetite.paysToSettle(2, 0)).isFalse();

        end(1);

        assertThat(appetite.paysToSettle(3, 0)).isTrue();
        assertThat(appetite.paysToSettle(3, 1)).isFalse();
    }

    @Test
    void twoRoundsTakeTurnsWhileHandlersReturnAtOnce() {
        runAtOnce(30);

        assertThat(appetite.paysToSettle(3, 1)).isTrue();
        assertThat(appetite.paysToSettle(2, 1)).isFalse();
    }

    /** The end made a place in its queue, and nobody else is told. */
    @Test
    void anEndIsReasonEnoughForAQueuedWorkerToClaim() {
        Appetite queued = appetite(Lane.QUEUED, 4);
        queued.answered(queued.bite().orElseThrow(), new Claimed(tasks(1), Tour.behind(ACME), false, Map.of()));
        assertThat(queued.hungry()).isFalse();

        queued.ending(Duration.ofSeconds(1));

        assertThat(queued.biteWithSettlements().orElseThrow().request().room()).isEqualTo(4);
    }

    @Test
    void aClaimAlongWithSettlementsWaitsForNobody() {
        Appetite queued = appetite(Lane.QUEUED, 4);
        var patient = new Tour(ACME, new TreeMap<>(), null, true, 0);
        queued.answered(queued.bite().orElseThrow(), new Claimed(List.of(), patient, true, Map.of()));

        Bite along = queued.biteWithSettlements().orElseThrow();
        queued.giveBack(along);

        assertThat(along.request().tour().patient()).isFalse();
        assertThat(queued.bite().orElseThrow().request().tour().patient()).isTrue();
    }
}
