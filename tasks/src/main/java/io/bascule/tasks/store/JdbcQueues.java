package io.bascule.tasks.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The queues' settings. Claims read them from the locked row, so a change is in effect for every claim that begins after its
 * commit; a change waits for the claims that hold the row. Each call joins the caller's transaction when there is one.
 */
public class JdbcQueues {

    /** Beyond this, tasks are not counted: whoever lists queues is not to wait for a count of millions. */
    static final int COUNTED = 10_000;

    /** The first of each priority is looked up, as the claim's index has them in this order; there are 2,001 at most. */
    private static final String READ = """
            select q.name, q.paused_at is not null as paused, q.concurrency_limit, q.key_limit, q.running, q.created_at,
                q.updated_at, q.revision, waiting.ready, first.oldest, later.delayed, blocked.held
            from queues q
            cross join lateral (select count(*) as ready from (
                select 1 from task_live t
                where t.state = 'waiting' and not t.held and t.lane = 'queued' and t.workspace_id = q.workspace_id and t.queue = q.name
                limit %1$d) counted
            ) waiting
            cross join lateral (
                with recursive head as (
                    (select t.priority, t.run_at from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = 'queued' and t.workspace_id = q.workspace_id and t.queue = q.name
                    order by t.priority desc, t.run_at limit 1)
                    union all
                    select lower.priority, lower.run_at from head cross join lateral (
                        select t.priority, t.run_at from task_live t
                        where t.state = 'waiting' and not t.held and t.lane = 'queued' and t.workspace_id = q.workspace_id
                            and t.queue = q.name and t.priority < head.priority
                        order by t.priority desc, t.run_at limit 1) lower
                )
                select min(run_at) as oldest from head
            ) first
            cross join lateral (select count(*) as delayed from (
                select 1 from task_live t
                where t.state in ('scheduled', 'retrying') and t.workspace_id = q.workspace_id and t.queue = q.name
                limit %1$d) counted
            ) later
            cross join lateral (select count(*) as held from (
                select 1 from task_live t where t.held and t.workspace_id = q.workspace_id and t.queue = q.name
                limit %1$d) counted
            ) blocked
            where q.workspace_id = :workspace""".formatted(COUNTED + 1);

    private static final String CREATE = """
            insert into queues (workspace_id, name, concurrency_limit, key_limit) values (:workspace, :name, :limit, :keyLimit)
            on conflict (workspace_id, name) do nothing""";

    private static final String CHANGED =
            ", revision = revision + 1, updated_at = clock_timestamp() where workspace_id = :workspace and name = :name";

    private final JdbcClient database;

    public JdbcQueues(JdbcClient database) {
        this.database = database;
    }

    public Optional<Queue> find(UUID workspace, String name) {
        return database.sql(READ + " and q.name = :name")
                .param("workspace", workspace)
                .param("name", name)
                .query((row, _) -> queue(row))
                .optional();
    }

    /** By name, those after the given one; the empty name starts at the first. */
    public List<Queue> list(UUID workspace, String after, int limit) {
        return database.sql(READ + " and q.name > :after order by q.name limit :limit")
                .param("workspace", workspace)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> queue(row))
                .list();
    }

    /** Says whether it was made; not if there is one of this name. */
    public boolean create(UUID workspace, String name, int limit, int keyLimit) {
        return database.sql(CREATE)
                        .param("workspace", workspace)
                        .param("name", name)
                        .param("limit", limit)
                        .param("keyLimit", keyLimit)
                        .update()
                == 1;
    }

    /** The queue, whose settings nobody else changes and which no claim takes from until the transaction ends. */
    public Optional<Queue> lock(UUID workspace, String name) {
        return lock(workspace, name, "for no key update");
    }

    /** Nor is any task accepted into it: one that is being accepted is waited for, the next finds what is decided here. */
    public Optional<Queue> lockToRemove(UUID workspace, String name) {
        database.sql("select 1 from pg_advisory_xact_lock(hashtextextended(? || '/' || ?, 0))")
                .params(workspace.toString(), name)
                .query(Integer.class)
                .single();
        return lock(workspace, name, "for update");
    }

    /** A higher limit of keys lets held tasks in within the next second. */
    public void limit(UUID workspace, String name, int limit, int keyLimit) {
        database.sql("update queues set concurrency_limit = :limit, key_limit = :keyLimit" + CHANGED)
                .param("limit", limit)
                .param("keyLimit", keyLimit)
                .param("workspace", workspace)
                .param("name", name)
                .update();
    }

    /** Nothing of it is claimed any more; what runs goes on. */
    public void pause(UUID workspace, String name) {
        change("paused_at = clock_timestamp()", workspace, name);
    }

    public void resume(UUID workspace, String name) {
        change("paused_at = null", workspace, name);
    }

    /** Removes a queue that is locked for it and empty. */
    public void remove(UUID workspace, String name) {
        database.sql("delete from queues where workspace_id = ? and name = ?")
                .params(workspace, name)
                .update();
    }

    private Optional<Queue> lock(UUID workspace, String name, String strength) {
        boolean known = database.sql("select 1 from queues where workspace_id = ? and name = ? " + strength)
                .params(workspace, name)
                .query(Integer.class)
                .optional()
                .isPresent();
        return known ? find(workspace, name) : Optional.empty();
    }

    private void change(String what, UUID workspace, String name) {
        database.sql("update queues set " + what + CHANGED)
                .param("workspace", workspace)
                .param("name", name)
                .update();
    }

    private static Queue queue(ResultSet row) throws SQLException {
        return new Queue(
                Columns.text(row, "name"),
                row.getBoolean("paused"),
                row.getInt("concurrency_limit"),
                row.getInt("key_limit"),
                row.getLong("ready"),
                row.getLong("running"),
                row.getLong("delayed"),
                row.getLong("held"),
                Columns.instantOrNull(row, "oldest"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getLong("revision"));
    }
}
