package io.bascule.tasks.store;

import io.bascule.tasks.DeadlinePolicy;
import io.bascule.tasks.Lane;
import io.bascule.tasks.RetryPolicy;
import io.bascule.tasks.Standing;
import io.bascule.tasks.Task;
import io.bascule.tasks.TaskCommand;
import io.bascule.tasks.TaskDecision.AskToStop;
import io.bascule.tasks.TaskDecision.Finish;
import io.bascule.tasks.TaskDecision.Ignore;
import io.bascule.tasks.TaskDecision.Postpone;
import io.bascule.tasks.TaskDecision.Run;
import io.bascule.tasks.TaskLifecycle;
import io.bascule.tasks.store.Change.Asked;
import io.bascule.tasks.store.Change.DedupeTaken;
import io.bascule.tasks.store.Change.Ended;
import io.bascule.tasks.store.Change.NoQueue;
import io.bascule.tasks.store.Change.Refused;
import io.bascule.tasks.store.Change.Revived;
import io.bascule.tasks.store.Change.Unknown;
import io.bascule.tasks.store.Settled.Finished;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes that people ask for, one task at a time. Runs in the caller's transaction, which may hold an audit event too. */
public class JdbcChanges {

    private static final String LOCK = """
            select state, attempt, failures, losses, max_failures, backoff_millis, deadline, cancel_requested_at,
                clock_timestamp() as now
            from task_live where id = ? and workspace_id = ? for update""";

    private static final String REVIVE = """
            with failed as (
                select * from task_history where id = :id and workspace_id = :workspace and state = 'failed' for update
            ), known as materialized (
                select queue as name from failed where lane = 'queued' and queue_stays(workspace_id, queue)
            ), revived as (
                insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, deadline, attempt,
                    max_failures, backoff_millis, dedupe, labels, input, submitted_by, submitted_by_name, created_at,
                    error_code, error_message, concurrency_key, held)
                select id, workspace_id, lane, queue, type, 'waiting', priority, clock_timestamp(), :deadline::timestamptz, attempt,
                    max_failures, backoff_millis, dedupe, labels, input, submitted_by, submitted_by_name, created_at,
                    error_code, error_message, concurrency_key, concurrency_key is not null
                from failed where lane = 'instant' or queue in (select name from known)
                on conflict (workspace_id, dedupe) where dedupe is not null do nothing
                returning id, workspace_id, type, state, attempt, lane, queue, concurrency_key, held
            ), removed as (
                delete from task_history h using revived where h.id = revived.id
            ), announced as (
                insert into event_outbox (workspace_id, type, subject, data)
                select workspace_id, 'io.bascule.task.accepted', id::text,
                    json_build_object('type', type, 'lane', lane, 'state', state, 'attempt', attempt)
                from revived
            )""" + LetIn.of("revived") + """
            select id, lane from revived cross join (select count(*) from let_in) places""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final JdbcSettlements settlements;
    private final JdbcTasks tasks;
    private final TaskLifecycle lifecycle;

    public JdbcChanges(JdbcClient database, TransactionTemplate transaction, TaskLifecycle lifecycle) {
        this.database = database;
        this.transaction = transaction;
        this.settlements = new JdbcSettlements(database);
        this.tasks = new JdbcTasks(database);
        this.lifecycle = lifecycle;
    }

    /** Ends a task that does not run; asks the worker of one that does. */
    public Change cancel(UUID workspace, UUID id) {
        return transaction.execute(
                _ -> lock(workspace, id).map(live -> cancel(id, live)).orElseGet(() -> notLive(workspace, id)));
    }

    private Change cancel(UUID id, Locked live) {
        return switch (lifecycle.decide(live.standing(), new TaskCommand.Cancel(), live.now())) {
            case Finish end -> finish(id, live.standing(), end);
            case AskToStop _ -> askToStop(id);
            case Ignore _, Run _, Postpone _ -> new Refused(live.standing().state());
        };
    }

    private Change finish(UUID id, Standing standing, Finish end) {
        var settlement = new Settlement(id, standing.attempt(), end, null);
        return settlements.finishAtRest(List.of(settlement), standing.state()).stream()
                .filter(Finished.class::isInstance)
                .map(Finished.class::cast)
                .findFirst()
                .map(finished -> new Ended(id, finished.replyTo()))
                .orElseThrow();
    }

    private Change askToStop(UUID id) {
        database.sql(
                        "update task_live set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()) where id = ?")
                .param(id)
                .update();
        return new Asked(id);
    }

    /** Runs a failed task again, with its failures forgotten and as much time as it first had. */
    public Change retry(UUID workspace, UUID id) {
        return transaction.execute(_ ->
                tasks.find(workspace, id).map(task -> retry(workspace, task)).orElseGet(Unknown::new));
    }

    private Change retry(UUID workspace, Task task) {
        Instant now = database.sql("select clock_timestamp()")
                .query((row, _) -> Columns.instant(row, "clock_timestamp"))
                .single();
        var standing = new Standing(
                task.state(),
                task.attempt(),
                task.failures(),
                0,
                RetryPolicy.NONE,
                task.times().deadline(),
                false);
        return switch (lifecycle.decide(standing, new TaskCommand.Retry(), now)) {
            case Postpone _ ->
                revive(
                        workspace,
                        task,
                        DeadlinePolicy.renewed(
                                task.times().deadline(), task.times().createdAt(), now));
            case Finish _, AskToStop _, Ignore _, Run _ -> new Refused(task.state());
        };
    }

    private Change revive(UUID workspace, Task task, @Nullable Instant deadline) {
        return database.sql(REVIVE)
                .param("id", task.id())
                .param("workspace", workspace)
                .param("deadline", deadline == null ? null : deadline.toString())
                .query((row, _) -> new Revived(Columns.uuid(row, "id"), Lane.of(Columns.text(row, "lane"))))
                .optional()
                .<Change>map(Function.identity())
                .orElseGet(() -> whyNot(workspace, task));
    }

    private Change whyNot(UUID workspace, Task task) {
        boolean homeless = task.lane() == Lane.QUEUED && !tasks.queueExists(workspace, task.queue());
        return homeless ? new NoQueue(task.queue()) : new DedupeTaken();
    }

    private Change notLive(UUID workspace, UUID id) {
        return tasks.find(workspace, id)
                .<Change>map(task -> new Refused(task.state()))
                .orElseGet(Unknown::new);
    }

    private Optional<Locked> lock(UUID workspace, UUID id) {
        return database.sql(LOCK)
                .params(id, workspace)
                .query((row, _) -> new Locked(JdbcClaims.standing(row), Columns.instant(row, "now")))
                .optional();
    }

    private record Locked(Standing standing, Instant now) {}
}
