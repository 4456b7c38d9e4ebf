package io.bascule.tasks.store;

/**
 * The claim of the queued lane. In each workspace it walks the queues that have room and tasks waiting, from where the worker
 * stopped: from one queue with room to the next with tasks and on to the next with room, an index probe each, so that neither
 * a crowd of full queues nor one of empty queues is walked. The most urgent heads of the window that it finds are served.
 *
 * <p>Free places are read, locked and counted on the queue's row, so that no two claims take the same one. An impatient claim
 * waits for nothing and passes over queues, and workspaces with quotas, whose rows others hold; a patient one waits for those it
 * wants, in key order. No claim does both: a row that was locked and then found full stays locked, in whatever order it was come
 * to. A workspace's quota is read while its row is locked, in the order of the ids and before any queue's. After settlements in
 * the same transaction only an impatient claim may follow, since they hold rows of queues.
 */
final class QueuedClaimSql {

    /** How many queues with room and tasks a claim compares, over as many workspaces as it can serve. */
    static final int WINDOW = 32;

    /** Of one workspace, at least. */
    static final int SMALLEST_WINDOW = 4;

    /** How many more queues than there is room for are tried when others hold them: what was found is not looked for again. */
    static final int SPARE = WINDOW;

    /** Of queues that wait, besides the smallest window of each workspace. */
    private static final int MOST_STEPS = 256;

    private static final String WALK = """
            , quotas as materialized (
                select q.workspace_id from workspace_quotas q
                where not :patient and q.workspace_id in (select workspace_id from ring where position > 0)
                order by q.workspace_id for no key update of q skip locked
            ), rooms as materialized (
                select workspace_id, case when :patient or workspace_id in (select workspace_id from quotas)
                    then quota_room(workspace_id) end as room
                from (
                    select ring.workspace_id from ring join workspace_quotas q on q.workspace_id = ring.workspace_id
                    where ring.position > 0 order by ring.workspace_id offset 0) bounded
            ), visits as materialized (
                select row_number() over (order by parts.position) as number, parts.workspace_id, parts.position, parts.slots,
                    rooms.room, coalesce(passed.queue, '') as start,
                    greatest(parts.slots, :window / least(:room, (select count(*) from parts)), :smallest) as most
                from parts left join rooms on rooms.workspace_id = parts.workspace_id
                left join unnest(:passed::uuid[], :queues::text[]) as passed (workspace_id, queue)
                    on passed.workspace_id = parts.workspace_id
                where parts.slots > 0 and (rooms.workspace_id is null or rooms.room > 0)
            ), walk (number, at, leaves, found, here, served, step, priority, run_at, head) as (
                select 0::bigint, '', true, false, 0, 0, 0, 0::smallint, null::timestamptz, null::uuid
                union all
                select visit.number, next.queue, next.queue is null or place.here + here.found >= visit.most,
                    here.found = 1, place.here + here.found,
                    walk.served + case when place.here = 0 then here.found else 0 end,
                    walk.step + 1, next.priority, next.run_at, next.id
                from walk join visits visit on visit.number = walk.number + walk.leaves::integer
                cross join lateral (
                    select case when walk.leaves then visit.start else walk.at end as behind,
                        case when walk.leaves then 0 else walk.here end as here) place
                left join lateral (
                    select q.vacancy from queues q
                    where q.workspace_id = visit.workspace_id and q.vacancy > place.behind
                    order by q.vacancy limit 1) open on true
                left join lateral (
                    select t.queue, t.priority, t.run_at, t.id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = visit.workspace_id
                        and t.queue >= open.vacancy
                    order by t.queue, t.priority desc, t.run_at, t.id limit 1) next on true
                cross join lateral (
                    select coalesce(next.queue = open.vacancy or exists (
                        select 1 from queues q where q.workspace_id = visit.workspace_id and q.vacancy = next.queue),
                        false)::integer as found) here
                where walk.step < :steps and not (walk.leaves and walk.served >= :room)
            ), candidates as materialized (
                select visit.workspace_id, walk.at as name, visit.position, visit.slots, visit.room,
                    row_number() over (partition by walk.number order by walk.priority desc, walk.run_at, walk.head) as rank
                from walk join visits visit on visit.number = walk.number
                where walk.found
                order by rank, visit.position limit :room + :spare
            )""";

    private static final String PICK = """
            , at_once as materialized (
                select q.workspace_id, q.name, q.concurrency_limit - q.running as free, c.position, c.slots, c.room, c.rank
                from candidates c join queues q on q.workspace_id = c.workspace_id and q.name = c.name
                where q.vacancy is not null and not :patient
                order by c.rank, c.position limit :room for no key update of q skip locked
            ), in_turn as materialized (
                select q.workspace_id, q.name, q.concurrency_limit - q.running as free, c.position, c.slots, c.room, c.rank
                from (select * from candidates order by rank, position limit :room) c
                join queues q on q.workspace_id = c.workspace_id and q.name = c.name
                where q.vacancy is not null and :patient
                order by q.workspace_id, q.name for no key update of q
            ), locked as materialized (
                select * from at_once union all select * from in_turn order by rank, position
            ), found as materialized (
                select t.id, locked.position, locked.workspace_id, locked.name, locked.room from locked cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = locked.workspace_id
                        and t.queue = locked.name and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.priority desc, t.run_at, t.id
                    limit least(locked.free, locked.slots) for update of t skip locked) t
                limit :room
            ), picked as (
                select id, position, workspace_id, name
                from (select *, row_number() over (partition by workspace_id) as number from found) numbered
                where room is null or number <= room
            ), counted as (
                update queues q set running = q.running + taken.tasks
                from (select workspace_id, name, count(*) as tasks from picked group by workspace_id, name) taken
                where q.workspace_id = taken.workspace_id and q.name = taken.name
            )""";

    /** Where each walk ended, on the first row. One whose finds nobody tried, for want of room, begins there again. */
    private static final String RESULT = """
            , visited as materialized (
                select number, workspace_id, coalesce(at, '') as at,
                    here = 0 or workspace_id in (select workspace_id from locked)
                        or (select count(*) from locked) < :room as tried
                from (select distinct on (walk.number) walk.number, visit.workspace_id, walk.at, walk.here
                    from walk join visits visit on visit.number = walk.number order by walk.number, walk.step desc) ends
            )
            select (select max(position) from ring) as ring_size, (select count(*) from visits) as visits,
                (select count(*) from candidates) + (select count(*) from rooms where room is null) as candidates,
                told.*, claimed.*, clock_timestamp() as claimed_at
            from (select 1) always
            left join (select *, row_number() over (order by priority desc, run_at, id) as number from claimed) claimed on true
            left join (
                select (select array_agg(workspace_id order by position) from ring where position > 0) as ring,
                    array_agg(workspace_id order by number) as visited,
                    array_agg(at order by number) as passed, array_agg(tried order by number) as tried
                from visited) told on coalesce(claimed.number, 1) = 1
            order by claimed.number""";

    static final String SQL = ClaimSql.RING + WALK + PICK + ClaimSql.TAKE + RESULT;

    private QueuedClaimSql() {}

    /** How far a claim walks. What it does not come to is the next one's. */
    static int steps(int ring) {
        return MOST_STEPS + SMALLEST_WINDOW * ring;
    }
}
