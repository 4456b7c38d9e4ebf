package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.DeadlinePolicy;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Submission.Accepted;
import io.bascule.tasks.store.Submission.Duplicate;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.NoQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Inserts tasks, many in one statement. */
public class JdbcSubmissions {

    private static final int ROUNDS = 3;

    /** The same order in every batch, so that two that wait for each other's dedupe words cannot both wait. */
    private static final Comparator<NewTask> BY_DEDUPE = Comparator.comparing(
                    NewTask::dedupe, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(NewTask::id);

    /** The queues are locked against removal: a task is never left in a queue that is gone. */
    private static final String INSERT = """
            with batch as (
                select *, coalesce(run_at, statement_timestamp()) as starts from unnest(?::uuid[], ?::uuid[], ?::text[],
                    ?::text[], ?::text[], ?::smallint[], ?::timestamptz[], ?::timestamptz[], ?::bigint[], ?::integer[],
                    ?::bigint[], ?::text[], ?::json[], ?::json[], ?::uuid[], ?::text[], ?::text[], ?::text[]) with ordinality
                as b (id, workspace_id, lane, queue, type, priority, run_at, deadline, time_limit, max_failures,
                    backoff_millis, dedupe, labels, input, submitted_by, submitted_by_name, reply_to, concurrency_key, position)
            ), known as materialized (
                select workspace_id, queue as name from (
                    select distinct workspace_id, queue from batch where lane = 'queued'
                    order by workspace_id, queue offset 0) named
                where queue_stays(workspace_id, queue)
            ), inserted as (
                insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, deadline,
                    max_failures, backoff_millis, dedupe, labels, input, submitted_by, submitted_by_name, reply_to,
                    concurrency_key, held)
                select id, workspace_id, lane, queue, type,
                    case when starts > statement_timestamp() then 'scheduled' else 'waiting' end, priority, starts,
                    coalesce(deadline, starts + time_limit * interval '1 ms'), max_failures, backoff_millis, dedupe,
                    labels, input, submitted_by, submitted_by_name, reply_to, concurrency_key,
                    concurrency_key is not null and starts <= statement_timestamp()
                from batch
                where lane = 'instant' or (workspace_id, queue) in (select workspace_id, name from known)
                order by position
                on conflict (workspace_id, dedupe) where dedupe is not null do nothing
                returning id, workspace_id, lane, queue, type, state, created_at, run_at, deadline, concurrency_key, held
            ), announced as (
                insert into event_outbox (workspace_id, type, number, subjects, data)
                select workspace_id, 'io.bascule.task.accepted', count(*), array_agg(id),
                    json_build_array(json_build_object('type', type, 'lane', lane, 'state', state))
                from inserted group by workspace_id, type, lane, state
            )""" + LetIn.of("inserted") + """
            select id, state, created_at, run_at, deadline from inserted cross join (select count(*) from let_in) places""";

    private static final String CALLBACKS = """
            insert into task_callbacks (task_id, workspace_id, url) select * from unnest(?::uuid[], ?::uuid[], ?::text[])""";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final IdempotencyKeys keys;
    private final JdbcTasks queues;
    private final SubmissionJournal journal;

    public JdbcSubmissions(JdbcClient database, TransactionTemplate transaction, SubmissionJournal journal) {
        this.database = database;
        this.transaction = transaction;
        this.keys = new IdempotencyKeys(database);
        this.queues = new JdbcTasks(database);
        this.journal = journal;
    }

    /** Accepts a batch in one transaction, committed when this returns; one outcome a task, in the same order. */
    public List<Submission> submit(List<NewTask> tasks) {
        boolean alone =
                journal == SubmissionJournal.NONE && tasks.stream().allMatch(JdbcSubmissions::needsOneStatement);
        return alone ? accept(tasks) : transaction.execute(_ -> accept(tasks));
    }

    /** Which commits by itself, a way there and back less; within a transaction of the caller's it does not. */
    private static boolean needsOneStatement(NewTask task) {
        return task.lane() == Lane.INSTANT
                && task.idempotency() == null
                && task.dedupe() == null
                && task.callback() == null;
    }

    /** The same for tasks of one request: if the key of one belongs to a different request, none of them is stored. */
    public List<Submission> submitTogether(List<NewTask> tasks) {
        return transaction.execute(status -> {
            List<Submission> outcomes = accept(tasks);
            if (outcomes.stream().anyMatch(KeyTaken.class::isInstance)) {
                status.setRollbackOnly();
            }
            return outcomes;
        });
    }

    private List<Submission> accept(List<NewTask> tasks) {
        Map<UUID, Submission> outcomes = new HashMap<>(keys.take(tasks));
        insertAll(tasks, outcomes);
        List<NewTask> accepted = tasks.stream()
                .filter(task -> outcomes.get(task.id()) instanceof Accepted)
                .toList();
        if (!accepted.isEmpty()) {
            journal.record(accepted);
        }
        addCallbacks(accepted);
        return tasks.stream().map(task -> outcomes.get(task.id())).toList();
    }

    private void addCallbacks(List<NewTask> accepted) {
        List<NewTask> telling =
                accepted.stream().filter(task -> task.callback() != null).toList();
        if (!telling.isEmpty()) {
            database.sql(CALLBACKS)
                    .params(
                            texts(telling, NewTask::id),
                            texts(telling, NewTask::workspace),
                            texts(telling, NewTask::callback))
                    .update();
        }
    }

    /** A task that was not inserted is looked after: its dedupe word is taken, unless the holder ended meanwhile, or its queue is gone. */
    private void insertAll(List<NewTask> tasks, Map<UUID, Submission> outcomes) {
        for (int round = 0; round < ROUNDS; round++) {
            List<NewTask> open = tasks.stream()
                    .filter(task -> !outcomes.containsKey(task.id()))
                    .sorted(BY_DEDUPE)
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            if (LoneInsert.suits(open)) {
                NewTask task = open.getFirst();
                outcomes.put(task.id(), LoneInsert.insert(database, task));
                return;
            }
            insert(open, outcomes);
            open.stream().filter(task -> !outcomes.containsKey(task.id())).forEach(task -> whyNot(task, outcomes));
        }
        throw new IllegalStateException("a dedupe word or a queue kept changing hands; submit again");
    }

    private void insert(List<NewTask> tasks, Map<UUID, Submission> outcomes) {
        Map<UUID, NewTask> byId = new HashMap<>();
        tasks.forEach(task -> byId.put(task.id(), task));
        database.sql(INSERT).params(columns(tasks)).query(row -> {
            NewTask task = byId.get(Columns.uuid(row, "id"));
            if (task != null) {
                outcomes.put(
                        task.id(),
                        new Accepted(
                                task,
                                TaskState.of(Columns.text(row, "state")),
                                Columns.instant(row, "created_at"),
                                Columns.instant(row, "run_at"),
                                Columns.instantOrNull(row, "deadline")));
            }
        });
    }

    private static List<@Nullable Object> columns(List<NewTask> tasks) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(texts(tasks, NewTask::id));
        columns.add(texts(tasks, NewTask::workspace));
        columns.add(texts(tasks, task -> task.lane().word()));
        columns.add(texts(tasks, NewTask::queue));
        columns.add(texts(tasks, NewTask::type));
        columns.add(texts(tasks, NewTask::priority));
        columns.add(texts(tasks, NewTask::runAt));
        columns.add(texts(tasks, NewTask::deadline));
        columns.add(texts(tasks, task -> Columns.millis(DeadlinePolicy.timeLimit(task.lane()))));
        columns.add(texts(tasks, task -> task.retry().maxFailures()));
        columns.add(texts(tasks, task -> task.retry().backoff().toMillis()));
        columns.add(texts(tasks, NewTask::dedupe));
        columns.add(texts(tasks, task -> Columns.json(task.labels())));
        columns.add(texts(tasks, NewTask::input));
        columns.add(texts(tasks, task -> task.submittedBy().id()));
        columns.add(texts(tasks, task -> task.submittedBy().name()));
        columns.add(texts(tasks, NewTask::replyTo));
        columns.add(texts(tasks, NewTask::concurrencyKey));
        return columns;
    }

    private void whyNot(NewTask task, Map<UUID, Submission> outcomes) {
        if (task.lane() == Lane.QUEUED && !queues.queueExists(task.workspace(), task.queue())) {
            keys.forget(task);
            outcomes.put(task.id(), new NoQueue(task.queue()));
        } else if (task.dedupe() != null) {
            holderOfDedupe(task, outcomes);
        }
    }

    private void holderOfDedupe(NewTask task, Map<UUID, Submission> outcomes) {
        database.sql("select id from task_live where workspace_id = :workspace and dedupe = :dedupe")
                .param("workspace", task.workspace())
                .param("dedupe", task.dedupe())
                .query(UUID.class)
                .optional()
                .ifPresent(existing -> {
                    keys.pointTo(existing, task);
                    outcomes.put(task.id(), new Duplicate(existing));
                });
    }
}
