package io.bascule.tasks.store;

import io.bascule.tasks.DeadlinePolicy;
import io.bascule.tasks.Lane;
import io.bascule.tasks.NewTask;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Submission.Accepted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Inserts a single instant task that may start at once, as most are that somebody waits for: without a queue, a dedupe word and a
 * concurrency key there is nothing to look up, and nothing that another transaction could hold.
 */
final class LoneInsert {

    private static final String SQL = """
            with inserted as (
                insert into task_live (id, workspace_id, lane, queue, type, state, priority, run_at, deadline, max_failures,
                    backoff_millis, labels, input, submitted_by, submitted_by_name, reply_to)
                values (?::uuid, ?::uuid, 'instant', '', ?, 'waiting', ?::smallint, statement_timestamp(),
                    coalesce(?::timestamptz, statement_timestamp() + ?::bigint * interval '1 ms'), ?, ?, ?::json, ?::json,
                    ?::uuid, ?, ?)
                returning id, workspace_id, type, lane, state, created_at, run_at, deadline
            ), announced as (
                insert into event_outbox (workspace_id, type, number, subjects, data)
                select workspace_id, 'io.bascule.task.accepted', 1, array[id],
                    json_build_array(json_build_object('type', type, 'lane', lane, 'state', state))
                from inserted
            )
            select created_at, run_at, deadline from inserted""";

    private LoneInsert() {}

    static boolean suits(List<NewTask> tasks) {
        return tasks.size() == 1 && isPlain(tasks.getFirst());
    }

    private static boolean isPlain(NewTask task) {
        return task.lane() == Lane.INSTANT
                && task.runAt() == null
                && task.dedupe() == null
                && task.concurrencyKey() == null;
    }

    static Accepted insert(JdbcClient database, NewTask task) {
        return database.sql(SQL)
                .params(columns(task))
                .query((row, _) -> new Accepted(
                        task,
                        TaskState.WAITING,
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "run_at"),
                        Columns.instantOrNull(row, "deadline")))
                .single();
    }

    private static List<@Nullable Object> columns(NewTask task) {
        List<@Nullable Object> columns = new ArrayList<>();
        columns.add(task.id());
        columns.add(task.workspace());
        columns.add(task.type());
        columns.add(task.priority());
        columns.add(task.deadline() == null ? null : task.deadline().toString());
        columns.add(Columns.millis(DeadlinePolicy.timeLimit(Lane.INSTANT)));
        columns.add(task.retry().maxFailures());
        columns.add(task.retry().backoff().toMillis());
        columns.add(Columns.json(task.labels()));
        columns.add(task.input());
        columns.add(task.submittedBy().id());
        columns.add(task.submittedBy().name());
        columns.add(task.replyTo());
        return columns;
    }
}
