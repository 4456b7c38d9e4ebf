package io.bascule.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.tasks.TaskDecision.AskToStop;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskLifecycleTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TaskError ERROR = new TaskError("boom", "It broke");
    private static final RetryPolicy TWICE = new RetryPolicy(2, Duration.ofSeconds(8));

    private final TaskLifecycle lifecycle = new TaskLifecycle(new Random(1));

    @Test
    void claimingStartsTheNextAttempt() {
        Standing third = new Standing(TaskState.WAITING, 2, 1, 0, TWICE, null, false);

        assertThat(lifecycle.decide(third, new TaskCommand.Claim(), NOON)).isEqualTo(new TaskDecision.Run(3));
    }

    @Test
    void aFailureIsRetriedUntilThePolicyIsUsedUp() {
        assertThat(lifecycle.decide(running(1, 0), new TaskCommand.Fail(1, ERROR, true), NOON))
                .isInstanceOfSatisfying(Postpone.class, later -> {
                    assertThat(later.state()).isEqualTo(TaskState.RETRYING);
                    assertThat(later.failures()).isEqualTo(1);
                    assertThat(later.delay()).isBetween(Duration.ZERO, Duration.ofSeconds(8));
                });
        assertThat(lifecycle.decide(running(2, 1), new TaskCommand.Fail(2, ERROR, true), NOON))
                .isEqualTo(new Finish(TaskState.FAILED, 2, 0, ERROR));
    }

    @Test
    void whatTryingAgainCannotMendFailsAtOnce() {
        assertThat(lifecycle.decide(running(1, 0), new TaskCommand.Fail(1, ERROR, false), NOON))
                .isEqualTo(new Finish(TaskState.FAILED, 1, 0, ERROR));
    }

    @Test
    void aRetryThatCouldNotStartInTimeIsNotWaitedFor() {
        Standing late = new Standing(TaskState.RUNNING, 1, 0, 0, TWICE, NOON, false);

        assertThat(lifecycle.decide(late, new TaskCommand.Fail(1, ERROR, true), NOON))
                .isEqualTo(new Finish(TaskState.FAILED, 1, 0, ERROR));
    }

    @Test
    void aStaleAttemptChangesNothing() {
        assertThat(lifecycle.decide(running(2, 0), new TaskCommand.Succeed(1), NOON))
                .isEqualTo(new Ignore(Reason.STALE_ATTEMPT));
    }

    @Test
    void handingBackCostsNoFailure() {
        assertThat(lifecycle.decide(running(1, 1), new TaskCommand.HandBack(1), NOON))
                .isEqualTo(new Postpone(TaskState.WAITING, Duration.ZERO, 1, 0, null));
    }

    @Test
    void aTaskThatOutlivesTooManyWorkersFails() {
        Standing often = new Standing(TaskState.RUNNING, 5, 0, TaskLifecycle.MOST_LOSSES - 1, TWICE, null, false);

        assertThat(lifecycle.decide(running(1, 0), new TaskCommand.Lose(1, false), NOON))
                .isInstanceOfSatisfying(Postpone.class, again -> {
                    assertThat(again.state()).isEqualTo(TaskState.WAITING);
                    assertThat(again.failures()).isZero();
                    assertThat(again.losses()).isEqualTo(1);
                });
        assertThat(lifecycle.decide(often, new TaskCommand.Lose(5, true), NOON))
                .isInstanceOfSatisfying(
                        Finish.class, end -> assertThat(end.state()).isEqualTo(TaskState.FAILED));
    }

    @Test
    void whatNeverBeganLosesOneWorkerAtMost() {
        Standing once = new Standing(TaskState.RUNNING, 2, 0, 1, TWICE, null, false);
        Standing often = new Standing(TaskState.RUNNING, 5, 0, TaskLifecycle.MOST_LOSSES - 1, TWICE, null, false);

        assertThat(lifecycle.decide(once, new TaskCommand.Lose(2, false), NOON))
                .isInstanceOfSatisfying(
                        Postpone.class, again -> assertThat(again.losses()).isEqualTo(1));
        assertThat(lifecycle.decide(once, new TaskCommand.Lose(2, true), NOON))
                .isInstanceOfSatisfying(
                        Postpone.class, again -> assertThat(again.losses()).isEqualTo(2));
        assertThat(lifecycle.decide(often, new TaskCommand.Lose(5, false), NOON))
                .isInstanceOfSatisfying(
                        Postpone.class, again -> assertThat(again.state()).isEqualTo(TaskState.WAITING));
    }

    @Test
    void whatWasClaimedVeryOftenLosesWithoutHavingBegun() {
        Standing often = standing(TaskLifecycle.MOST_CLAIMS + 1, 0, 1);
        Standing failing = standing(TaskLifecycle.MOST_CLAIMS + 1, 1, 1);
        Standing last = standing(TaskLifecycle.MOST_CLAIMS + 4, 0, TaskLifecycle.MOST_LOSSES - 1);

        assertThat(loseUnbegun(often))
                .isInstanceOfSatisfying(
                        Postpone.class, again -> assertThat(again.losses()).isEqualTo(2));
        assertThat(loseUnbegun(failing))
                .isInstanceOfSatisfying(
                        Postpone.class, again -> assertThat(again.losses()).isEqualTo(1));
        assertThat(loseUnbegun(last)).isInstanceOfSatisfying(Finish.class, end -> {
            assertThat(end.state()).isEqualTo(TaskState.FAILED);
            assertThat(end.losses()).isEqualTo(TaskLifecycle.MOST_LOSSES);
        });
    }

    private TaskDecision loseUnbegun(Standing task) {
        return lifecycle.decide(task, new TaskCommand.Lose(task.attempt(), false), NOON);
    }

    private static Standing standing(int attempt, int failures, int losses) {
        return new Standing(TaskState.RUNNING, attempt, failures, losses, TWICE, null, false);
    }

    @Test
    void cancellingARunningTaskAsksItsWorkerFirst() {
        assertThat(lifecycle.decide(running(1, 0), new TaskCommand.Cancel(), NOON))
                .isEqualTo(new AskToStop());
        assertThat(lifecycle.decide(at(TaskState.RETRYING, null), new TaskCommand.Cancel(), NOON))
                .isInstanceOfSatisfying(
                        Finish.class, end -> assertThat(end.state()).isEqualTo(TaskState.CANCELLED));
    }

    @Test
    void onlyAPassedDeadlineExpiresATask() {
        var expire = new TaskCommand.Expire();

        assertThat(lifecycle.decide(at(TaskState.SCHEDULED, NOON), expire, NOON))
                .isInstanceOf(Finish.class);
        assertThat(lifecycle.decide(at(TaskState.SCHEDULED, NOON.plusMillis(1)), expire, NOON))
                .isInstanceOf(Ignore.class);
        assertThat(lifecycle.decide(at(TaskState.SCHEDULED, null), expire, NOON))
                .isInstanceOf(Ignore.class);
    }

    private static Standing running(int attempt, int failures) {
        return new Standing(TaskState.RUNNING, attempt, failures, 0, TWICE, null, false);
    }

    private static Standing at(TaskState state, @Nullable Instant deadline) {
        return new Standing(state, 1, 0, 0, TWICE, deadline, false);
    }
}
