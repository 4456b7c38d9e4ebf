package io.bascule.tasks.submit;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.batch.GroupCommit;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.Submission.Accepted;
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

    /** One hint a group and lane. */
    private List<Submission> write(List<NewTask> group) {
        List<Submission> outcomes = submissions.submit(group);
        outcomes.stream()
                .filter(outcome -> outcome instanceof Accepted accepted && accepted.state() == TaskState.WAITING)
                .map(outcome -> ((Accepted) outcome).task().lane())
                .distinct()
                .forEach(signals::wake);
        return outcomes;
    }

    @Override
    public void close() {
        commit.close();
    }

    private record Key(UUID workspace, String key) {}
}
