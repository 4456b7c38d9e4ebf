package io.bascule.tasks;

import static io.bascule.tasks.TaskState.CANCELLED;
import static io.bascule.tasks.TaskState.EXPIRED;
import static io.bascule.tasks.TaskState.FAILED;
import static io.bascule.tasks.TaskState.RETRYING;
import static io.bascule.tasks.TaskState.RUNNING;
import static io.bascule.tasks.TaskState.SUCCEEDED;
import static io.bascule.tasks.TaskState.WAITING;

import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a task; the stores apply it. Safe for use by many threads if its source of chance is. */
public final class TaskLifecycle {

    /** A task that outlived this many workers probably killed them. */
    public static final int MOST_LOSSES = 5;

    /** What was claimed more often than this without failing is no longer taken for a neighbour of what kills workers. */
    public static final int MOST_CLAIMS = 50;

    private static final Set<TaskState> AT_REST = Set.of(WAITING, TaskState.SCHEDULED, RETRYING);

    private final RandomGenerator random;

    public TaskLifecycle(RandomGenerator random) {
        this.random = random;
    }

    /** What the command does to a task that stands so, at this moment of the database's clock. */
    public TaskDecision decide(Standing task, TaskCommand command, Instant now) {
        return switch (command) {
            case TaskCommand.BecomeDue _ -> becomeDue(task);
            case TaskCommand.Claim _ -> task.state() == WAITING ? new TaskDecision.Run(task.attempt() + 1) : refuse();
            case TaskCommand.Succeed(int attempt) -> ofAttempt(task, attempt, finish(task, SUCCEEDED, null));
            case TaskCommand.Fail fail -> ofAttempt(task, fail.attempt(), fail(task, fail, now));
            case TaskCommand.HandBack(int attempt) -> ofAttempt(task, attempt, handBack(task));
            case TaskCommand.Lose lose -> ofAttempt(task, lose.attempt(), lose(task, lose.begun(), now));
            case TaskCommand.Stopped(int attempt) -> ofAttempt(task, attempt, finish(task, CANCELLED, null));
            case TaskCommand.Cancel _ -> cancel(task);
            case TaskCommand.Expire _ -> expire(task, now);
            case TaskCommand.Retry _ ->
                task.state() == FAILED ? new Postpone(WAITING, Duration.ZERO, 0, 0, null) : refuse();
        };
    }

    private static TaskDecision becomeDue(Standing task) {
        boolean delayed = task.state() == TaskState.SCHEDULED || task.state() == RETRYING;
        return delayed ? new Postpone(WAITING, Duration.ZERO, task.failures(), task.losses(), null) : refuse();
    }

    private static TaskDecision ofAttempt(Standing task, int attempt, TaskDecision decision) {
        boolean current = task.state() == RUNNING && task.attempt() == attempt;
        return current ? decision : new Ignore(Reason.STALE_ATTEMPT);
    }

    /** A retry that could not start before the deadline is not worth waiting for: the error says more than "expired". */
    private TaskDecision fail(Standing task, TaskCommand.Fail fail, Instant now) {
        int failures = task.failures() + 1;
        Duration wait = task.retry().waitAfter(failures, random);
        boolean again = fail.retryable()
                && !task.cancelRequested()
                && task.retry().allowsAnotherAfter(failures)
                && !DeadlinePolicy.passed(task.deadline(), now.plus(wait));
        return again
                ? new Postpone(RETRYING, wait, failures, task.losses(), fail.error())
                : new Finish(FAILED, failures, task.losses(), fail.error());
    }

    private static TaskDecision handBack(Standing task) {
        return task.cancelRequested()
                ? finish(task, CANCELLED, null)
                : new Postpone(WAITING, Duration.ZERO, task.failures(), task.losses(), null);
    }

    /**
     * Its first loss always counts. From then on workers write down that it begins, and an attempt that had not begun did its worker
     * no harm: a task that kills workers is out of tries after as many, and what was claimed with it has lost one. One that its
     * workers do not survive long enough to begin would come back for ever: after many claims each loss counts again.
     */
    private static TaskDecision lose(Standing task, boolean begun, Instant now) {
        boolean counts = begun || task.losses() == 0 || task.attempt() - task.failures() > MOST_CLAIMS;
        int losses = task.losses() + (counts ? 1 : 0);
        if (task.cancelRequested()) {
            return new Finish(CANCELLED, task.failures(), losses, null);
        }
        if (DeadlinePolicy.passed(task.deadline(), now)) {
            return new Finish(EXPIRED, task.failures(), losses, expiry());
        }
        var lost = new TaskError("worker-lost", "The worker of attempt %d was lost".formatted(task.attempt()));
        return counts && losses >= MOST_LOSSES
                ? new Finish(FAILED, task.failures(), losses, lost)
                : new Postpone(WAITING, Duration.ZERO, task.failures(), losses, lost);
    }

    private static TaskDecision cancel(Standing task) {
        if (AT_REST.contains(task.state())) {
            return finish(task, CANCELLED, null);
        }
        return task.state() == RUNNING ? new TaskDecision.AskToStop() : refuse();
    }

    private static TaskDecision expire(Standing task, Instant now) {
        boolean live = AT_REST.contains(task.state()) || task.state() == RUNNING;
        return live && DeadlinePolicy.passed(task.deadline(), now) ? finish(task, EXPIRED, expiry()) : refuse();
    }

    private static Finish finish(Standing task, TaskState state, @Nullable TaskError error) {
        return new Finish(state, task.failures(), task.losses(), error);
    }

    private static TaskError expiry() {
        return new TaskError("deadline-passed", "The deadline passed before the task finished");
    }

    private static Ignore refuse() {
        return new Ignore(Reason.NOT_IN_THIS_STATE);
    }
}
