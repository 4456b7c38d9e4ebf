package io.bascule.tasks.faults;

import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskStore;
import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.TaskSignals;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.Submission;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.upkeep.DueTasks;
import io.bascule.tasks.upkeep.ExpiredTasks;
import io.bascule.tasks.upkeep.Reaper;
import io.bascule.tasks.upkeep.UpkeepLoop;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.tasks.worker.WorkerListener;
import io.bascule.tasks.worker.WorkerSettings;
import io.bascule.testsupport.Await;
import io.bascule.testsupport.TaskLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Two workers of each lane, and who submits and keeps up, all over one data source. */
final class Fleet implements AutoCloseable {

    static final Map<String, Integer> LIMITS = Map.of("one", 1, "four", 4);

    static final int WORKERS = 2 * Lane.values().length;

    /** So short that a test can let leases run out. */
    static final Duration SHORT_LEASE = Duration.ofSeconds(3);

    private static final Duration BEAT = Duration.ofMillis(500);

    /** However slow the machine is, its handlers count as quick. */
    private static final Duration CLAIMS_AHEAD = Duration.ofMinutes(1);

    private final TaskStore store;
    private final UUID workspace;
    private final TaskSignals signals;
    private final JdbcSubmissions submissions;
    private final UpkeepLoop upkeep;
    private final List<TaskWorker> workers = new ArrayList<>();
    private final Set<UUID> accepted = new HashSet<>();
    private int repeated;

    Fleet(TaskStore store, DataSource database, TaskSignals signals, TaskLogs logs, Duration lease) {
        this.store = store;
        this.signals = signals;
        this.workspace = store.workspace("acme");
        LIMITS.forEach((queue, limit) -> store.queue(workspace, queue, limit));
        var client = JdbcClient.create(database);
        var transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.submissions = new JdbcSubmissions(client, transaction, SubmissionJournal.NONE);
        this.upkeep = new UpkeepLoop(List.of(
                new Reaper(client, transaction, store.lifecycle(), signals, lease),
                new DueTasks(client, transaction, signals),
                new ExpiredTasks(client, transaction, store.lifecycle(), signals)));
        var engine = new TaskWorker.Engine(
                new JdbcTemplate(database), signals, store.lifecycle(), Clock.systemUTC(), logs, LargeResults.NONE);
        for (Lane lane : Lane.values()) {
            for (int number = 1; number <= WORKERS / Lane.values().length; number++) {
                Duration ahead = lane == Lane.INSTANT ? CLAIMS_AHEAD : Duration.ZERO;
                var settings = new WorkerSettings(
                        lane.word() + "-" + number, lane, 4, 4, Duration.ofMillis(100), lease, BEAT, ahead);
                workers.add(new TaskWorker(settings, List.of(new Work()), engine, WorkerListener.NONE));
            }
        }
    }

    void start() {
        workers.forEach(TaskWorker::start);
        upkeep.start();
    }

    /** Returns when so many more tasks are accepted; each is submitted until there is an answer. */
    void submit(int number) {
        for (int task = 0; task < number; task += 10) {
            List<NewTask> batch = new ArrayList<>();
            for (int item = 0; item < 10; item++) {
                batch.add(task(item));
            }
            Await.until(() -> accepts(batch));
        }
    }

    private NewTask task(int item) {
        var task = store.task(workspace).idempotency(UUID.randomUUID().toString(), "00");
        return switch (item) {
            case 0 -> task.inQueue("one").build();
            case 1, 2, 3 -> task.inQueue("four").key("key-" + item % 2).build();
            case 4 -> task.input("{\"fail\":1}").failures(2).build();
            default -> task.input("{\"log\":3}").build();
        };
    }

    private boolean accepts(List<NewTask> batch) {
        try {
            List<Submission> answers = submissions.submit(batch);
            for (Submission answer : answers) {
                switch (answer) {
                    case Submission.Accepted one -> accepted.add(one.task().id());
                    case Submission.Repeated(UUID existing) -> accepted.add(existing);
                    case Submission.Duplicate _, Submission.NoQueue _, Submission.KeyTaken _ ->
                        throw new AssertionError("refused: " + answer);
                }
            }
            signals.wake(batch.stream().map(NewTask::lane));
            return true;
        } catch (DataAccessException | TransactionException away) {
            repeated++;
            return false;
        }
    }

    /** How often a submit had to be made again. */
    int repeated() {
        return repeated;
    }

    void awaitEnd() {
        Await.until(() -> store.count("task_history") >= accepted.size() && store.count("task_live") == 0);
    }

    /** What came of it, by the records. */
    TaskLedger ledger() throws SQLException {
        try (Connection connection = store.connection()) {
            return TaskLedger.read(connection, accepted);
        }
    }

    @Override
    public void close() {
        upkeep.stop();
        try {
            for (TaskWorker worker : workers) {
                worker.stop(Duration.ofSeconds(5));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
