package io.bascule.tasks;

import io.bascule.tasks.log.TaskLogs;
import io.bascule.tasks.object.LargeResults;
import io.bascule.tasks.signal.LocalTaskSignals;
import io.bascule.tasks.store.ClaimRequest;
import io.bascule.tasks.store.Claimed;
import io.bascule.tasks.store.JdbcChanges;
import io.bascule.tasks.store.JdbcClaims;
import io.bascule.tasks.store.JdbcSettlements;
import io.bascule.tasks.store.JdbcSubmissions;
import io.bascule.tasks.store.JdbcTasks;
import io.bascule.tasks.store.SubmissionJournal;
import io.bascule.tasks.worker.TaskSecrets;
import io.bascule.tasks.worker.TaskWorker;
import io.bascule.testsupport.TestDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real database of its own for one test, with the stores on it. */
public final class TaskStore implements AutoCloseable {

    public static final Duration LEASE = Duration.ofSeconds(10);

    private final TestDatabase fresh = TestDatabase.create();
    private final DataSource pool;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final LocalTaskSignals signals = new LocalTaskSignals();
    private final TaskIds ids = new TaskIds(InstantSource.system(), new Random());
    private final TaskLifecycle lifecycle = new TaskLifecycle(new Random());

    public TaskStore() {
        pool = DataSourceBuilder.create()
                .url(fresh.url())
                .username(fresh.username())
                .password(fresh.password())
                .build();
        database = JdbcClient.create(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    public JdbcClient database() {
        return database;
    }

    /** Where the data is. */
    public TestDatabase server() {
        return fresh;
    }

    public DataSource pool() {
        return pool;
    }

    /** A connection of the test's own. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    public TransactionTemplate transaction() {
        return transaction;
    }

    public LocalTaskSignals signals() {
        return signals;
    }

    public TaskLifecycle lifecycle() {
        return lifecycle;
    }

    public JdbcSubmissions submissions() {
        return new JdbcSubmissions(database, transaction, SubmissionJournal.NONE);
    }

    public JdbcClaims claims() {
        return new JdbcClaims(database);
    }

    public JdbcSettlements settlements() {
        return new JdbcSettlements(database);
    }

    public JdbcTasks tasks() {
        return new JdbcTasks(database);
    }

    public JdbcChanges changes() {
        return new JdbcChanges(database, transaction, lifecycle);
    }

    public TaskWorker.Engine engine() {
        return new TaskWorker.Engine(new JdbcTemplate(pool), signals, lifecycle, Clock.systemUTC());
    }

    public TaskWorker.Engine engine(TaskLogs logs) {
        return new TaskWorker.Engine(
                new JdbcTemplate(pool), signals, lifecycle, Clock.systemUTC(), logs, LargeResults.NONE);
    }

    public TaskWorker.Engine engine(TaskLogs logs, TaskSecrets secrets) {
        return new TaskWorker.Engine(
                new JdbcTemplate(pool), signals, lifecycle, Clock.systemUTC(), logs, LargeResults.NONE, secrets);
    }

    public TaskWorker.Engine engine(LargeResults results) {
        return new TaskWorker.Engine(
                new JdbcTemplate(pool), signals, lifecycle, Clock.systemUTC(), TaskLogs.NONE, results);
    }

    public UUID workspace(String name) {
        return database.sql("insert into workspaces (name) values (?) returning id")
                .param(name)
                .query(UUID.class)
                .single();
    }

    public void queue(UUID workspace, String name, int limit) {
        database.sql("insert into queues (workspace_id, name, concurrency_limit) values (?, ?, ?)")
                .params(workspace, name, limit)
                .update();
    }

    public TaskBuilder task(UUID workspace) {
        return new TaskBuilder(ids.next(), workspace);
    }

    public UUID submit(NewTask task) {
        submissions().submit(List.of(task));
        return task.id();
    }

    public List<UUID> submit(int number, UUID workspace) {
        List<NewTask> tasks =
                Stream.generate(() -> task(workspace).build()).limit(number).toList();
        submissions().submit(tasks);
        return tasks.stream().map(NewTask::id).toList();
    }

    public Claimed claim(Lane lane, String worker, int room) {
        return claims().claim(new ClaimRequest(
                lane, worker, LEASE, room, room, Map.of(), ClaimRequest.FROM_THE_START, Map.of()));
    }

    /** Lets time pass for the lease of every running task. */
    public void letLeasesRunOut() {
        database.sql("update task_live set lease_until = clock_timestamp() - interval '1 s' where state = 'running'")
                .update();
    }

    /** Lets the next call of each recurring step find its turn due; the reaper's last pass was just now. */
    public void letTurnsBeDue() {
        database.sql("update upkeep_turns set last_at = clock_timestamp() - interval '3 s'")
                .update();
    }

    public TaskState state(UUID id) {
        return TaskState.of(database.sql(
                        "select state from task_live where id = :id union all select state from task_history where id = :id")
                .param("id", id)
                .query(String.class)
                .single());
    }

    public int count(String from) {
        return database.sql("select count(*) from " + from).query(Integer.class).single();
    }

    @Override
    public void close() {
        try {
            pool.unwrap(Closeable.class).close();
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("the pool does not close", failure);
        }
    }
}
