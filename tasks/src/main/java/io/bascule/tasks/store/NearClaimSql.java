package io.bascule.tasks.store;

/**
 * The claim of a queued worker that has room for one task and holds none, as most do: of the workspace whose turn it is, the most urgent
 * head of the queues that come next. Its plan has less than half of the nodes of the whole walk's, each of which costs something to
 * begin and to end. It waits for nobody, and where it takes nothing while something waits {@link QueuedClaimSql} looks. The queue that
 * is counted is named by a subquery: a join may be planned to read all queues.
 */
final class NearClaimSql {

    /** How many queues with room are looked at to find as many with tasks as a window has. */
    static final int LOOKED_AT = 128;

    private static final String TURN = """
            with turn as materialized (
                select next.workspace_id, coalesce(passed.queue, '') as start
                from (
                    (select workspace_id from task_live
                    where state = 'waiting' and not held and lane = :lane and workspace_id > :after
                    order by workspace_id limit 1)
                    union all
                    (select workspace_id from task_live
                    where state = 'waiting' and not held and lane = :lane and workspace_id <= :after
                    order by workspace_id limit 1)
                    limit 1) next
                left join unnest(:passed::uuid[], :queues::text[]) as passed (workspace_id, queue)
                    on passed.workspace_id = next.workspace_id
            ), quota as materialized (
                select q.workspace_id from workspace_quotas q where q.workspace_id = (select workspace_id from turn)
                for no key update skip locked
            ), open as materialized (
                select turn.workspace_id, turn.start, room.name from turn cross join lateral (
                    (select q.vacancy as name from queues q
                    where q.workspace_id = turn.workspace_id and q.vacancy > turn.start order by q.vacancy limit :looked_at)
                    union all
                    (select q.vacancy from queues q
                    where q.workspace_id = turn.workspace_id and q.vacancy <= turn.start order by q.vacancy limit :looked_at)
                    limit :looked_at) room
                where not exists (select 1 from workspace_quotas q where q.workspace_id = turn.workspace_id)
                    or (select quota_room(workspace_id) from quota) > 0
            ), heads as materialized (
                select open.*, head.priority, head.run_at, head.id from open
                cross join lateral (
                    select t.priority, t.run_at, t.id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = open.workspace_id
                        and t.queue = open.name and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.priority desc, t.run_at, t.id limit 1) head
                limit :window
            )""";

    private static final String PICK = """
            , locked as materialized (
                select free.* from (select * from heads order by priority desc, run_at, id limit :window) head
                cross join lateral (
                    select q.workspace_id, q.name from queues q
                    where q.workspace_id = head.workspace_id and q.name = head.name and q.vacancy is not null
                    for no key update skip locked) free
                limit 1
            ), picked as materialized (
                select t.id, 1 as position, locked.workspace_id, locked.name from locked cross join lateral (
                    select id from task_live t
                    where t.state = 'waiting' and not t.held and t.lane = :lane and t.workspace_id = locked.workspace_id
                        and t.queue = locked.name and (t.deadline is null or t.deadline > clock_timestamp())
                    order by t.priority desc, t.run_at, t.id limit 1 for update of t skip locked) t
            ), counted as (
                update queues q set running = q.running + 1
                where (q.workspace_id, q.name) = (select workspace_id, name from picked)
            )""";

    /**
     * The walk goes round: the last queue of a window is the one before its start, if it came so far. Who saw the whole workspace
     * passed none.
     */
    private static final String RESULT = """

            select (select workspace_id from turn) as turn, seen.*, claimed.*, clock_timestamp() as claimed_at
            from (
                select count(*) as heads, case when count(*) = :window or (select count(*) from open) = :looked_at
                    then coalesce(max(name) filter (where name <= start), max(name)) end as passed
                from heads) seen
            left join claimed on true""";

    static final String SQL = TURN + PICK + ClaimSql.TAKE + RESULT;

    private NearClaimSql() {}
}
