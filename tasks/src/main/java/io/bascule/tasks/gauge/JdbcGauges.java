package io.bascule.tasks.gauge;

import io.bascule.tasks.gauge.PlatformLoad.Depth;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the gauges. Every value of one reading is of the same moment. */
public class JdbcGauges {

    /** A worker that has not beaten for a lease's time is no worker. */
    private static final String ALIVE = "seen_at > clock_timestamp() - interval '10 s'";

    private static final String QUEUES = """
            queue_loads as materialized (
                select q.workspace_id, q.name, q.running, q.concurrency_limit, q.paused_at,
                    (select count(*) from task_live t where t.state = 'waiting' and not t.held and t.lane = 'queued'
                        and t.workspace_id = q.workspace_id and t.queue = q.name) as ready
                from queues q
            ), instant_waiting as materialized (
                select workspace_id, count(*) as ready from task_live where state = 'waiting' and not held and lane = 'instant'
                group by workspace_id
            )""";

    private static final String PLATFORM = """
            with ours as (
                select 1 from gauge_lease where holder = :holder and held_until > clock_timestamp()
                    and publish_from <= clock_timestamp()
            ), %1$s, depths as (
                select w.name as workspace, q.name as queue, q.ready from queue_loads q
                join workspaces w on w.id = q.workspace_id
                union all
                select w.name, :instantLane, coalesce(i.ready, 0) from workspaces w
                left join instant_waiting i on i.workspace_id = w.id
            )
            select (select count(*) from task_live where state = 'running' and lane = 'instant') as instant_active,
                (select coalesce(sum(ready), 0) from instant_waiting) as instant_waiting,
                (select count(*) from task_workers where lane = 'queued' and %2$s) as queued_workers,
                (select coalesce(sum(least(w.wanted, u.queued_limit)), 0) from (
                    select workspace_id, sum(least(running + case when paused_at is null then ready else 0 end,
                        concurrency_limit)) as wanted
                    from queue_loads group by workspace_id) w
                    left join workspace_quotas u on u.workspace_id = w.workspace_id) as queued_required,
                depths.workspace, depths.queue, depths.ready
            from ours cross join depths""".formatted(QUEUES, ALIVE);

    private final JdbcClient database;

    public JdbcGauges(JdbcClient database) {
        this.database = database;
    }

    /** The platform's load, if the lease is ours and its time to publish has come. */
    public Optional<PlatformLoad> platform(GaugeLease lease) {
        List<PlatformLoad> totals = new ArrayList<>();
        List<Depth> depths = new ArrayList<>();
        database.sql(PLATFORM)
                .param("holder", lease.holder())
                .param("instantLane", PlatformLoad.INSTANT_LANE)
                .query(row -> {
                    depths.add(new Depth(
                            Objects.requireNonNull(row.getString("workspace")),
                            Objects.requireNonNull(row.getString("queue")),
                            row.getLong("ready")));
                    totals.add(totals(row));
                });
        return totals.stream().findFirst().map(total -> total.with(depths));
    }

    private static PlatformLoad totals(ResultSet row) throws SQLException {
        return new PlatformLoad(
                row.getLong("instant_active"),
                row.getLong("instant_waiting"),
                row.getLong("queued_workers"),
                row.getLong("queued_required"),
                List.of());
    }
}
