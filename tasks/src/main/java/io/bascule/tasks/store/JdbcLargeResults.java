package io.bascule.tasks.store;

import static io.bascule.tasks.store.Columns.texts;

import io.bascule.tasks.store.RoundTrip.Query;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which ended tasks have a result in object storage. */
public class JdbcLargeResults {

    private static final String ADD = """
            insert into task_results (task_id, workspace_id, attempt, bytes)
            select h.id, h.workspace_id, d.attempt, d.bytes
            from unnest(?::uuid[], ?::integer[], ?::bigint[]) as d (id, attempt, bytes)
            join task_history h on h.id = d.id and h.attempt = d.attempt
            on conflict (task_id) do update set attempt = excluded.attempt, bytes = excluded.bytes
            returning task_id""";

    private final JdbcClient database;

    public JdbcLargeResults(JdbcClient database) {
        this.database = database;
    }

    /** @param attempt whose result it is, which is part of its key */
    public record LargeResult(int attempt, long bytes) {}

    public Optional<LargeResult> find(UUID workspace, UUID task) {
        return database.sql("select attempt, bytes from task_results where task_id = ? and workspace_id = ?")
                .params(task, workspace)
                .query((row, _) -> new LargeResult(row.getInt("attempt"), row.getLong("bytes")))
                .optional();
    }

    /** Those of these tasks that neither live nor are in the history. */
    public Set<UUID> gone(Collection<UUID> tasks) {
        if (tasks.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(database.sql("""
                        select id from unnest(?::uuid[]) as asked (id)
                        where not exists (select 1 from task_history h where h.id = asked.id)
                            and not exists (select 1 from task_live l where l.id = asked.id)""")
                .param(texts(List.copyOf(tasks), task -> task))
                .query((row, _) -> Columns.uuid(row, "id"))
                .list());
    }

    public void forget(Collection<UUID> tasks) {
        if (!tasks.isEmpty()) {
            database.sql("delete from task_results where task_id = any (?::uuid[])")
                    .param(texts(List.copyOf(tasks), task -> task))
                    .update();
        }
    }

    /** To be made after the query that ends these tasks, in its transaction; nothing when none has a large result. */
    static Optional<Query> added(List<Settlement> settlements) {
        List<Settlement> large = settlements.stream()
                .filter(settlement -> settlement.storedBytes() > 0)
                .toList();
        List<Object> columns = List.of(
                Columns.texts(large, Settlement::task),
                Columns.texts(large, Settlement::attempt),
                Columns.texts(large, Settlement::storedBytes));
        return large.isEmpty() ? Optional.empty() : Optional.of(new Query(ADD, columns, _ -> {}));
    }
}
