package io.bascule.tasks.store;

/**
 * The claim of each lane. Workspaces with waiting tasks form a ring, walked by one index probe each from where the worker
 * stopped, so a claim costs the same with ten and with ten thousand of them; each gets an equal part of the free slots, the
 * next claim hands out what is left. Within a workspace: by priority, then run-at, then id.
 */
final class ClaimSql {

    /**
     * One probe a step, the last of them into an empty range: a probe begins at the entries of tasks that were claimed since the
     * last vacuum, and passes them all.
     */
    private static final String RING = """
            with recursive ring (workspace_id, position, around) as (
                select :after::uuid, 0, false
                union all
                select next.workspace_id, ring.position + 1, next.around
                from ring cross join lateral (
                    (select workspace_id, ring.around from task_live
                    where state = 'waiting' and not held and lane = :lane and workspace_id > ring.workspace_id
                        and workspace_id <= case when ring.around then :after else :last end
                    order by workspace_id limit 1)
                    union all
                    (select workspace_id, true from task_live
                    where state = 'waiting' and not held and lane = :lane and workspace_id <= :after and not ring.around
                    order by workspace_id limit 1)
                    limit 1) as next (workspace_id, around)
                where ring.position < :ring
            ), parts as materialized (
                select ring.workspace_id, ring.position,
                    least(ceil(:room::numeric / (select max(position) from ring)), :share - coalesce(held.slots, 0))::integer
                        as slots
                from ring left join unnest(:workspaces::uuid[], :slots::integer[]) as held (workspace_id, slots)
                    on held.workspace_id = ring.workspace_id
                where ring.position > 0
                order by ring.position
            )""";

    private static final String TAKE = """
            , claimed as (
                update task_live t
                set state = 'running', attempt = t.attempt + 1, worker = :worker, started_at = clock_timestamp(),
                    lease_until = clock_timestamp() + :lease * interval '1 ms', progress = null, progress_message = null
                from picked where t.id = picked.id
                returning t.*, picked.position
            ), announced as (
                insert into event_outbox (workspace_id, type, subject, data)
                select workspace_id, 'io.bascule.task.started', id::text,
                    json_build_object('type', type, 'lane', lane, 'state', state, 'attempt', attempt, 'worker', worker,
                        'waitMillis', greatest(0, extract(epoch from started_at - run_at) * 1000)::bigint)
                from claimed
            )
            select (select max(position) from ring) as ring_size,
                (select workspace_id from ring order by position desc limit 1) as ring_end,
                claimed.*, clock_timestamp() as claimed_at
            from (select 1) always left join claimed on true
            order by claimed.priority desc, claimed.run_at, claimed.id""";

    static final String INSTANT = RING + """
            , picked as (
                select t.id, parts.position from parts cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = parts.workspace_id
                        and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.queue, t.priority desc, t.run_at, t.id
                    limit greatest(parts.slots, 0) for update of t skip locked) t
                limit :room
            )""" + TAKE;

    /**
     * Free places are read, locked and counted on the queue's row, so that no two claims take the same one; a workspace's
     * quota is read while its row is locked, in the order of the ids and before any queue's.
     */
    static final String QUEUED = RING + """
            , rooms as materialized (
                select workspace_id, quota_room(workspace_id) as room from (
                    select ring.workspace_id from ring join workspace_quotas q on q.workspace_id = ring.workspace_id
                    where ring.position > 0 order by ring.workspace_id offset 0) bounded
            ), candidates as (
                select q.workspace_id, q.name, parts.position, parts.slots, rooms.room,
                    row_number() over (partition by q.workspace_id order by head.priority desc, head.run_at, head.id) as rank
                from parts join queues q on q.workspace_id = parts.workspace_id
                left join rooms on rooms.workspace_id = parts.workspace_id
                cross join lateral (
                    select t.priority, t.run_at, t.id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = q.workspace_id and t.queue = q.name
                        and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.priority desc, t.run_at, t.id limit 1) head
                where q.paused_at is null and q.running < q.concurrency_limit and parts.slots > 0
                    and coalesce(rooms.room, 1) > 0
                order by rank, parts.position limit :room
            ), locked as (
                select q.workspace_id, q.name, q.concurrency_limit - q.running as free, c.position, c.slots, c.room, c.rank
                from queues q join candidates c on c.workspace_id = q.workspace_id and c.name = q.name
                where q.paused_at is null and q.running < q.concurrency_limit
                order by q.workspace_id, q.name for no key update of q
            ), ordered as materialized (
                select * from locked order by rank, position
            ), found as materialized (
                select t.id, ordered.position, ordered.workspace_id, ordered.name, ordered.room from ordered cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = ordered.workspace_id
                        and t.queue = ordered.name and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.priority desc, t.run_at, t.id
                    limit least(ordered.free, ordered.slots) for update of t skip locked) t
                limit :room
            ), picked as (
                select id, position, workspace_id, name
                from (select *, row_number() over (partition by workspace_id) as number from found) numbered
                where room is null or number <= room
            ), counted as (
                update queues q set running = q.running + taken.tasks
                from (select workspace_id, name, count(*) as tasks from picked group by workspace_id, name) taken
                where q.workspace_id = taken.workspace_id and q.name = taken.name
            )""" + TAKE;

    private ClaimSql() {}
}
