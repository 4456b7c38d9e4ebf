package io.bascule.tasks.store;

/**
 * The claim of the instant lane, and what both lanes have in common. Workspaces with waiting tasks form a ring, walked by one
 * index probe each from where the worker stopped, so a claim costs the same with ten and with ten thousand of them; each gets
 * an equal part of the free slots, the next claim hands out what is left. Within a workspace: by priority, then run-at, then id.
 */
final class ClaimSql {

    static final String RING = ring("");

    /**
     * One probe a step, the last of them into an empty range: a probe begins at the entries of tasks that were claimed since the
     * last vacuum, and passes them all, unless there is a floor: then it skips them (PostgreSQL's skip scan over priorities).
     *
     * @param floor a condition on run_at, or nothing
     */
    private static String ring(String floor) {
        return """
                with recursive ring (workspace_id, position, around) as (
                    select :after::uuid, 0, false
                    union all
                    select next.workspace_id, ring.position + 1, next.around
                    from ring cross join lateral (
                        (select workspace_id, ring.around from task_live
                        where state = 'waiting' and not held and lane = :lane and workspace_id > ring.workspace_id
                            and workspace_id <= case when ring.around then :after else :last end %1$s
                        order by workspace_id limit 1)
                        union all
                        (select workspace_id, true from task_live
                        where state = 'waiting' and not held and lane = :lane and workspace_id <= :after and not ring.around %1$s
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
                )""".formatted(floor);
    }

    static final String TAKE = """
            , claimed as (
                update task_live t
                set state = 'running', attempt = t.attempt + 1, worker = :worker, started_at = clock_timestamp(),
                    lease_until = clock_timestamp() + :lease * interval '1 ms', progress = null, progress_message = null
                from picked where t.id = picked.id
                returning t.id, t.workspace_id, t.lane, t.queue, t.type, t.state, t.priority, t.run_at, t.deadline, t.attempt,
                    t.failures, t.losses, t.max_failures, t.backoff_millis, t.labels, t.input, t.submitted_by,
                    t.submitted_by_name, t.reply_to, t.created_at, t.started_at, t.worker, t.cancel_requested_at, t.checkpoint,
                    picked.position
            ), announced as (
                insert into event_outbox (workspace_id, type, number, subjects, attempts, millis, data)
                select workspace_id, 'io.bascule.task.started', count(*), array_agg(id), array_agg(attempt),
                    array_agg(greatest(0, date_part('epoch', started_at - run_at) * 1000)::bigint),
                    json_build_array(json_build_object('type', type, 'lane', lane, 'state', state, 'worker', worker), 'waitMillis')
                from claimed group by workspace_id, type, lane, state, worker
            )""";

    private static final String RESULT = """

            select (select max(position) from ring) as ring_size,
                (select workspace_id from ring order by position desc limit 1) as ring_end,
                claimed.*, clock_timestamp() as claimed_at
            from (select 1) always left join claimed on true
            order by claimed.priority desc, claimed.run_at, claimed.id""";

    /** Of the workspaces that are named, each with its slots. */
    static final String NAMED = """
            with picked as (
                select t.id, parts.position
                from unnest(:named::uuid[], :slots::integer[]) with ordinality as parts (workspace_id, slots, position)
                cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = 'instant' and t.workspace_id = parts.workspace_id
                        and t.queue = '' and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.queue, t.priority desc, t.run_at, t.id
                    limit parts.slots for update of t skip locked) t
                limit :room
            )""" + TAKE + """

            select claimed.*, clock_timestamp() as claimed_at
            from claimed order by claimed.priority desc, claimed.run_at, claimed.id""";

    static final String INSTANT = ring("and run_at >= :floor::timestamptz") + """
            , picked as (
                select t.id, parts.position
                from parts
                left join unnest(:floored::uuid[], :sinces::timestamptz[], :priorities::smallint[])
                    as floors (workspace_id, since, priority) on floors.workspace_id = parts.workspace_id
                cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = parts.workspace_id
                        and t.queue = '' and t.priority >= coalesce(floors.priority, -32768)
                        and t.run_at >= coalesce(floors.since, '-infinity')
                        and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.queue, t.priority desc, t.run_at, t.id
                    limit greatest(parts.slots, 0) for update of t skip locked) t
                limit :room
            )""" + TAKE + RESULT;

    private ClaimSql() {}
}
