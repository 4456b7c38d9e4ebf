package io.bascule.tasks.submit;

import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.batch.GroupCommit;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.KeyTaken;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts a task. Safe for use by many threads, and meant to be: those that come together are committed together. */
public class SubmitTask implements AutoCloseable {

    private static final GroupCommit.Bounds BOUNDS = new GroupCommit.Bounds(2, 256, 8_192);

    private final GroupCommit<NewTask, Submission> commit;
    private final TaskSignals signals;
    private final JdbcSubmissions submissions;
    private final Set<Key> inFlight = ConcurrentHashMap.newKeySet();

    public SubmitTask(JdbcSubmissions submissions, TaskSignals signals) {
        this.submissions = submissions;
        this.signals = signals;
        this.commit = new GroupCommit<>("task-submit", this::write, BOUNDS);
    }

    /**
     * Returns after the commit, or nothing if the same idempotency key is being used at this moment.
     *
     * @throws io.bascule.tasks.batch.GroupCommitFull when too many wait to be committed
     */
    public Optional<Submission> submit(NewTask task) {
        if (task.idempotency() == null) {
            return Optional.of(await(task));
        }
        var key = new Key(task.workspace(), task.idempotency().key());
        if (!inFlight.add(key)) {
            return Optional.empty();
        }
        try {
            return Optional.of(await(task));
        } finally {
            inFlight.remove(key);
        }
    }

    /**
     * Accepts the tasks of one request, in one transaction of their own; returns after the commit, one outcome a task, in order.
     * If one of them is {@link KeyTaken}, or if this throws, none is stored. Each of the tasks has its own idempotency key, or
     * none; a repetition that comes at the same moment waits for the first.
     */
    public List<Submission> submitTogether(List<NewTask> tasks) {
        List<Submission> outcomes = submissions.submitTogether(tasks);
        if (outcomes.stream().noneMatch(KeyTaken.class::isInstance)) {
            wake(outcomes);
        }
        return outcomes;
    }

    private Submission await(NewTask task) {
        try {
            return commit.submit(task).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        } catch (CancellationException closed) {
            throw new IllegalStateException("submitting has stopped", closed);
        }
    }

    private List<Submission> write(List<NewTask> group) {
        List<Submission> outcomes = submissions.submit(group);
        wake(outcomes);
        return outcomes;
    }

    /** One hint a group and lane. */
    private void wake(List<Submission> outcomes) {
        Set<UUID> workspaces = new HashSet<>();
        int queued = 0;
        for (Submission outcome : outcomes) {
            if (outcome instanceof Accepted accepted && accepted.state() == TaskState.WAITING) {
                switch (accepted.task().lane()) {
                    case INSTANT -> workspaces.add(accepted.task().workspace());
                    case QUEUED -> queued++;
                }
            }
        }
        if (!workspaces.isEmpty()) {
            signals.wakeFor(workspaces);
        }
        if (queued > 0) {
            signals.wake(Lane.QUEUED, queued);
        }
    }

    @Override
    public void close() {
        commit.close();
    }

    private record Key(UUID workspace, String key) {}
}
