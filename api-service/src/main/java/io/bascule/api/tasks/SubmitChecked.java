package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.batch.GroupCommitFull;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.submit.SubmitTask;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** Submits a task that has been checked, within the workspace's limit and on record. */
@Component
class SubmitChecked {

    private static final Duration BUSY = Duration.ofSeconds(1);

    private final WaitingLimit limit;
    private final SubmitTask submit;
    private final SubmissionAudit audit;

    SubmitChecked(WaitingLimit limit, SubmitTask submit, SubmissionAudit audit) {
        this.limit = limit;
        this.submit = submit;
        this.audit = audit;
    }

    /** Returns after the commit. */
    Submission submit(Caller caller, NewTask task) {
        limit.admit(task);
        try {
            return audit.submittedBy(caller, task, () -> submit.submit(task)).orElseThrow(SubmitChecked::inUse);
        } catch (GroupCommitFull full) {
            throw ProblemException.retryable(
                    CommonProblem.STORE_UNAVAILABLE, "More tasks come than can be stored; try again shortly", BUSY);
        }
    }

    /** Returns after the commit, with one outcome a task in the same order; nothing is stored when it throws. */
    List<Submission> submitTogether(Caller caller, List<NewTask> tasks) {
        tasks.forEach(limit::admit);
        List<Submission> outcomes = audit.submittedBy(caller, tasks, () -> submit.submitTogether(tasks));
        if (outcomes.stream().anyMatch(Submission.KeyTaken.class::isInstance)) {
            throw AcceptTask.reused();
        }
        return outcomes;
    }

    private static ProblemException inUse() {
        return ProblemException.retryable(
                TaskProblem.IDEMPOTENCY_KEY_IN_USE,
                "A request with this Idempotency-Key is under way; repeat it later",
                BUSY);
    }
}
