package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.NewTask;
import io.bascule.tasks.NewTask.Idempotency;
import io.bascule.tasks.store.Submission.KeyTaken;
import io.bascule.tasks.store.Submission.Repeated;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which submits were made under which keys. A key is forgotten a day after its first use. */
final class IdempotencyKeys {

    private static final String TAKE = """
            insert into idempotency_keys as k (workspace_id, key, request_hash, task_id)
            select workspace_id, key, decode(request_hash, 'hex'), task_id
            from unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[]) as b (workspace_id, key, request_hash, task_id)
            on conflict (workspace_id, key) do update
                set request_hash = excluded.request_hash, task_id = excluded.task_id, created_at = now()
                where k.created_at < now() - interval '24 hours'
            returning task_id""";

    private static final String HOLDER = """
            select task_id, encode(request_hash, 'hex') as request_hash from idempotency_keys
            where workspace_id = ? and key = ?""";

    private final JdbcClient database;

    IdempotencyKeys(JdbcClient database) {
        this.database = database;
    }

    /** Takes the keys of these tasks; returns the outcomes of those whose key was taken before. A batch has no key twice. */
    Map<UUID, Submission> take(List<NewTask> tasks) {
        List<NewTask> keyed = tasks.stream()
                .filter(task -> task.idempotency() != null)
                .sorted(Comparator.comparing((NewTask task) -> idempotency(task).key())
                        .thenComparing(NewTask::workspace))
                .toList();
        if (keyed.isEmpty()) {
            return Map.of();
        }
        Set<UUID> taken = database.sql(TAKE)
                .params(
                        texts(keyed, NewTask::workspace),
                        texts(keyed, task -> idempotency(task).key()),
                        texts(keyed, task -> idempotency(task).requestHash()),
                        texts(keyed, NewTask::id))
                .query((row, _) -> Columns.uuid(row, "task_id"))
                .set();
        Map<UUID, Submission> outcomes = new HashMap<>();
        keyed.stream()
                .filter(task -> !taken.contains(task.id()))
                .forEach(task -> outcomes.put(task.id(), earlier(task)));
        return outcomes;
    }

    /** The key of this task stands for an existing one. */
    void pointTo(UUID existing, NewTask task) {
        if (task.idempotency() != null) {
            database.sql("update idempotency_keys set task_id = ? where workspace_id = ? and key = ?")
                    .params(existing, task.workspace(), idempotency(task).key())
                    .update();
        }
    }

    /** The key of this task, which was not stored after all, is free again. */
    void forget(NewTask task) {
        if (task.idempotency() != null) {
            database.sql("delete from idempotency_keys where workspace_id = ? and key = ? and task_id = ?")
                    .params(task.workspace(), idempotency(task).key(), task.id())
                    .update();
        }
    }

    private Submission earlier(NewTask task) {
        return database.sql(HOLDER)
                .params(task.workspace(), idempotency(task).key())
                .query((row, _) -> {
                    boolean same = idempotency(task).requestHash().equals(row.getString("request_hash"));
                    return same ? new Repeated(Columns.uuid(row, "task_id")) : new KeyTaken();
                })
                .single();
    }

    private static Idempotency idempotency(NewTask task) {
        return Objects.requireNonNull(task.idempotency());
    }
}
