package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.TaskState;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks at what stands between a live task and its start. */
public class JdbcProspects {

    /** No count goes further: a person wants to know whether the line is long, not how long exactly. */
    public static final int MOST_AHEAD = 1_000;

    private static final String LOOK = """
            select t.state, t.lane, t.queue, t.run_at, q.paused_at is not null as paused,
                coalesce(q.concurrency_limit, 0) as concurrency_limit,
                case when t.lane = 'queued' then coalesce(q.running, 0)
                    else (select count(*) from task_live r where r.state = 'running' and r.lane = 'instant') end as running,
                (select count(*) from task_workers w where w.lane = t.lane
                    and w.seen_at > clock_timestamp() - interval '10 s') as workers,
                (select count(*) from (
                    select 1 from task_live a
                    where a.state = 'waiting' and a.lane = t.lane and a.workspace_id = t.workspace_id and a.queue = t.queue
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
                        row.getInt("ahead")))
                .optional();
    }
}
