package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.Tour;
import io.bascule.tasks.worker.Appetite.Bite;
import io.bascule.tasks.worker.Appetite.Nibble;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a worker makes of hints that name workspaces. */
class AppetiteForNamedTests {

    private static final UUID ACME = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    /** The longest that counts. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Map<UUID, Integer> running = new HashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final Appetite appetite = appetite(Lane.INSTANT, 3);

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

    private Appetite appetite(Lane lane, int share) {
        var settings = new WorkerSettings(
                "w",
                lane,
                4,
                share,
                Duration.ofSeconds(1),
                WorkerSettings.LEASE,
                WorkerSettings.BEAT,
                Duration.ofMillis(1));
        return new Appetite(settings, () -> Map.copyOf(running), waiting::get, nanos::get);
    }

    private void take(Nibble nibble, int number, boolean more) {
        running.merge(ACME, number, Integer::sum);
        appetite.answered(nibble, new Claimed(tasks(number), Tour.behind(ACME), more, Map.of()));
    }

    private void answer(Bite bite, int number, boolean more) {
        running.merge(ACME, number, Integer::sum);
        appetite.answered(bite, new Claimed(tasks(number), Tour.behind(ACME), more, Map.of()));
    }

    private void end(int number) {
        end(number, Duration.ofMillis(100));
    }

    private void end(int number, Duration ran) {
        running.merge(ACME, -number, Integer::sum);
        IntStream.range(0, number).forEach(_ -> appetite.ending(ran));
    }

    /** Three tasks a round, the share of one workspace. */
    private void runAtOnce(int rounds) {
        runAtOnce(rounds, AT_ONCE);
    }

    private void runAtOnce(int rounds, Duration each) {
        answer(appetite.bite().orElseThrow(), 3, true);
        for (int round = 0; round < rounds; round++) {
            end(3, each);
            answer(appetite.biteWithSettlements().orElseThrow(), 3, true);
        }
    }

    private static List<ClaimedTask> tasks(int number) {
        var standing = new Standing(TaskState.RUNNING, 1, 0, 0, RetryPolicy.NONE, null, false);
        var submitter = new Submitter(ACME, "somebody");
        return IntStream.range(0, number)
                .mapToObj(task -> new ClaimedTask(
                        new UUID(7, task),
                        ACME,
                        "",
                        "echo",
                        standing,
                        "{}",
                        Map.of(),
                        submitter,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        null,
                        null))
                .toList();
    }
}
