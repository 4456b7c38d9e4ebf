package io.bascule.tasks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.ClaimedTask;
import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.log.TaskLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SlotsTests {

    private static final UUID ACME = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final List<Attempt> started = new ArrayList<>();
    private final Slots slots = new Slots(
            new WorkerSettings(
                    "w",
                    Lane.INSTANT,
                    3,
                    2,
                    Duration.ofSeconds(1),
                    WorkerSettings.LEASE,
                    WorkerSettings.BEAT,
                    Duration.ofMillis(1)),
            this::start);

    private boolean threads = true;

    @Test
    void whatFindsNoSlotBeginsWhenOneIsFreeInTheOrderOfItsClaim() {
        List<Attempt> attempts = take(ACME, 4);
        assertThat(started).containsExactlyElementsOf(attempts.subList(0, 2));

        slots.free(attempts.getFirst());
        slots.free(attempts.get(1));

        assertThat(started).containsExactlyElementsOf(attempts);
        assertThat(slots.busy()).isEqualTo(2);
        assertThat(slots.waiting()).isZero();
    }

    @Test
    void aWorkspaceThatHasItsShareDoesNotKeepAnotherFromAFreeSlot() {
        take(ACME, 4);

        List<Attempt> others = take(OTHER, 1);

        assertThat(started).endsWith(others.getFirst());
        assertThat(slots.busy()).isEqualTo(3);
    }

    @Test
    void aFreeSlotGoesToTheFirstThatMayHaveIt() {
        List<Attempt> ours = take(ACME, 3);
        List<Attempt> others = take(OTHER, 2);

        slots.free(others.getFirst());

        assertThat(started).endsWith(others.getLast());
        assertThat(slots.takeWaitingSince(System.nanoTime())).containsExactly(ours.getLast());
    }

    @Test
    void whatIsTakenAwayIsNotStarted() {
        long before = System.nanoTime() - 1;
        List<Attempt> attempts = take(ACME, 3);
        assertThat(slots.takeWaitingSince(before)).isEmpty();

        assertThat(slots.takeWaitingSince(System.nanoTime())).containsExactly(attempts.getLast());
        slots.free(attempts.getFirst());

        assertThat(started).doesNotContain(attempts.getLast());
        assertThat(slots.busy()).isOne();
    }

    /** Such as when there is no thread left for a moment. */
    @Test
    void whatCannotBeStartedKeepsItsPlaceInTheLine() {
        List<Attempt> attempts = take(ACME, 4);
        threads = false;
        slots.free(attempts.getFirst());
        assertThat(started).hasSize(2);
        assertThat(slots.waiting()).isEqualTo(2);
        threads = true;

        slots.free(attempts.get(1));

        assertThat(started).hasSize(3).endsWith(attempts.get(2));
        assertThat(slots.busy()).isOne();
    }

    private void start(Attempt attempt) {
        if (!threads) {
            throw new OutOfMemoryError("as if");
        }
        started.add(attempt);
    }

    private List<Attempt> take(UUID workspace, int number) {
        List<Attempt> attempts = new ArrayList<>();
        for (int task = 0; task < number; task++) {
            attempts.add(attempt(workspace));
            slots.take(attempts.getLast());
        }
        return attempts;
    }

    private static Attempt attempt(UUID workspace) {
        var standing = new Standing(TaskState.RUNNING, 1, 0, 0, RetryPolicy.NONE, null, false);
        var submitter = new Submitter(workspace, "somebody");
        var task = new ClaimedTask(
                UUID.randomUUID(),
                workspace,
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
                null);
        return new Attempt(task, () -> Instant.EPOCH, TaskLogs.NONE, (_, _, _) -> true, TaskSecrets.NONE);
    }
}
