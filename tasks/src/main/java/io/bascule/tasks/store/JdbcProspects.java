package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import io.bascule.tasks.store.Prospect.Quota;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at what stands between a live task and its start. */
public class JdbcProspects {

    /** No count goes further: a person wants to know whether the line is long, not how long exactly. */
    public static final int MOST_AHEAD = 1_000;

    private static final String LOOK = """
            select t.state, t.lane, t.queue, t.run_at, q.paused_at is not null as paused,
                case when t.held then t.concurrency_key end as holding_key, coalesce(q.key_limit, 0) as key_limit,
                (select u.queued_limit from workspace_quotas u where u.workspace_id = t.workspace_id and t.lane = 'queued')
                    as quota,
                (select coalesce(sum(all_queues.running), 0) from queues all_queues
                    where all_queues.workspace_id = t.workspace_id and all_queues.busy) as workspace_running,
                coalesce(q.concurrency_limit, 0) as concurrency_limit,
                case when t.lane = 'queued' then coalesce(q.running, 0)
                    else (select count(*) from task_live r where r.state = 'running' and r.lane = 'instant') end as running,
                (select count(*) from task_workers w where w.lane = t.lane
                    and w.seen_at > clock_timestamp() - interval '10 s') as workers,
                (select count(*) from (
                    select 1 from task_live a
                    where a.state = 'waiting' and not a.held and a.lane = t.lane and a.workspace_id = t.workspace_id and a.queue = t.queue
                        and (-a.priority, a.run_at, a.id) < (-t.priority, t.run_at, t.id)
                    limit :most) before) as ahead
            from task_live t left join queues q on q.workspace_id = t.workspace_id and q.name = t.queue
            where t.id = :id and t.workspace_id = :workspace""";

    private final JdbcClient database;

    public JdbcProspects(JdbcClient database) {
        this.database = database;
    }

    /** Empty when there is no such task, or it has ended. */
    public Optional<Prospect> find(UUID workspace, UUID id) {
        return database.sql(LOOK)
                .param("id", id)
                .param("workspace", workspace)
                .param("most", MOST_AHEAD)
                .query((row, _) -> new Prospect(
                        TaskState.of(Columns.text(row, "state")),
                        Lane.of(Columns.text(row, "lane")),
                        Columns.text(row, "queue"),
                        Columns.instant(row, "run_at"),
                        row.getBoolean("paused"),
                        row.getInt("concurrency_limit"),
                        row.getInt("running"),
                        row.getInt("workers"),
                        row.getInt("ahead"),
                        key(row),
                        quota(row)))
                .optional();
    }

    private static Prospect.@Nullable Key key(ResultSet row) throws SQLException {
        String word = row.getString("holding_key");
        return word == null ? null : new Prospect.Key(word, row.getInt("key_limit"));
    }

    private static @Nullable Quota quota(ResultSet row) throws SQLException {
        int limit = row.getInt("quota");
        return limit == 0 ? null : new Quota(limit, row.getInt("workspace_running"));
    }
}
