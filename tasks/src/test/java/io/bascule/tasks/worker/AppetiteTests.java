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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppetiteTests {

    private static final UUID ACME = new UUID(1, 1);

    private final Map<UUID, Integer> running = new HashMap<>();
    private final Appetite appetite = appetite(Lane.INSTANT, 3);

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
        appetite.answered(bite, new Claimed(tasks, Tour.behind(ACME), false));

        assertThat(appetite.hungry()).isTrue();
    }

    @Test
    void queuedWorkersClaimApartFromSettlements() {
        assertThat(appetite(Lane.QUEUED, 4).biteWithSettlements()).isEmpty();
    }

    private Appetite appetite(Lane lane, int share) {
        var settings = new WorkerSettings(
                "w", lane, 4, share, Duration.ofSeconds(1), WorkerSettings.LEASE, WorkerSettings.BEAT);
        return new Appetite(settings, () -> Map.copyOf(running));
    }

    private void answer(Bite bite, int number, boolean more) {
        running.merge(ACME, number, Integer::sum);
        appetite.answered(bite, new Claimed(tasks(number), Tour.behind(ACME), more));
    }

    private void end(int number) {
        running.merge(ACME, -number, Integer::sum);
        IntStream.range(0, number).forEach(_ -> appetite.ending());
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
