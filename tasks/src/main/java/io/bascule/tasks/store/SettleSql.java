package io.bascule.tasks.store;

/**
 * Statements that take a task out of state running, or out of the live table. All of them, and what a transaction makes of
 * several, lock in one order: tasks by id, then the rows of queues, then those of concurrency keys, each kind in key order.
 */
final class SettleSql {

    /**
     * Before a transaction that postpones and finishes: else the second statement would lock a task or a queue that comes before
     * one that the first has locked. A key without its row is nobody's.
     */
    static final String LOCK = """
            with mine as materialized (
                select workspace_id, lane, queue, concurrency_key from task_live where id = any (?::uuid[])
                order by id for update
            ), rooms as materialized (
                select 1 from queues q
                where (q.workspace_id, q.name) in (select workspace_id, queue from mine where lane = 'queued')
                order by q.workspace_id, q.name for no key update
            ), keys as materialized (
                select 1 from concurrency_keys k cross join (select count(*) from rooms) locked
                where (k.workspace_id, k.queue, k.key) in (
                    select workspace_id, queue, concurrency_key from mine where concurrency_key is not null)
                order by k.workspace_id, k.queue, k.key for update of k
            )
            select (select count(*) from rooms) + (select count(*) from keys) as locked""";

    private static final String CARRIED = """
            id, workspace_id, lane, queue, type, priority, run_at, deadline, max_failures, backoff_millis, dedupe, labels,
            input, submitted_by, submitted_by_name, created_at, started_at, worker, progress, progress_message, attempt,
            concurrency_key""";

    /**
     * Gives places back on the rows of the queues, which are locked in key order first, and then those of concurrency keys. Who
     * passes on keys reads the count of what was released: a change that nobody reads is made when all the rest is done.
     */
    private static final String RELEASE = """
            , held as (
                select q.workspace_id, q.name from queues q
                where (q.workspace_id, q.name) in (select workspace_id, queue from gone where lane = 'queued' and ran)
                order by q.workspace_id, q.name for no key update
            ), released as (
                update queues q set running = q.running - freed.tasks
                from held join (
                    select workspace_id, queue, count(*) as tasks from gone where lane = 'queued' and ran
                    group by workspace_id, queue) freed on freed.workspace_id = held.workspace_id and freed.queue = held.name
                where q.workspace_id = held.workspace_id and q.name = held.name
                returning 1
            ), passed_on as materialized (
                select pass_on_key(workspace_id, queue, concurrency_key, places) from (
                    select workspace_id, queue, concurrency_key, count(*)::integer as places from gone where let_in
                    group by workspace_id, queue, concurrency_key order by workspace_id, queue, concurrency_key offset 0) freed
                cross join (select count(*) from released) places
            )""";

    private static final String GONE = """
            with done as (
                select * from unnest(?::uuid[], ?::integer[], ?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[],
                    ?::json[], ?::text[])
                as d (id, attempt, state, failures, losses, error_code, error_message, result, from_state)
            ), gone as (
                delete from task_live t using done d
                where t.id = d.id and t.attempt = d.attempt and t.state = d.from_state
                returning t.id, t.workspace_id, t.lane, t.queue, t.type, t.priority, t.run_at, t.deadline, t.max_failures,
                    t.backoff_millis, t.dedupe, t.labels, t.input, t.submitted_by, t.submitted_by_name, t.created_at,
                    t.started_at, t.worker, t.progress, t.progress_message, t.attempt, t.concurrency_key,
                    t.reply_to, t.concurrency_key is not null and not t.held and t.state in ('waiting', 'running') as let_in,
                    case when t.state = 'running'
                        then greatest(0, date_part('epoch', clock_timestamp() - t.started_at) * 1000)::bigint
                    end as run_millis,
                    t.state = 'running' as ran, d.state as end_state, d.failures as end_failures, d.losses as end_losses,
                    coalesce(d.error_code, case when d.state <> 'succeeded' then t.error_code end) as end_code,
                    coalesce(d.error_message, case when d.state <> 'succeeded' then t.error_message end) as end_message,
                    d.result as end_result
            ), kept as (
                insert into task_history (%1$s, state, failures, losses, error_code, error_message, result)
                select %1$s, end_state, end_failures, end_losses, end_code, end_message, end_result from gone
            )""".formatted(CARRIED);

    /** Deletes from the live table and inserts into the history at once. The attempt is the fence. */
    static final String FINISH = GONE + RELEASE + """
            , announced as (
                insert into event_outbox (workspace_id, type, number, subjects, attempts, millis, data)
                select workspace_id, 'io.bascule.task.finished', count(*), array_agg(id), array_agg(attempt),
                    array_agg(run_millis),
                    json_build_array(
                        json_build_object('type', type, 'lane', lane, 'state', end_state, 'code', end_code), 'runMillis')
                from gone group by workspace_id, type, lane, end_state, end_code
            )
            select id, end_state, reply_to from gone cross join (select count(*) from passed_on) places""";

    /**
     * The same for a single task, which is all that most queued workers ever end at once: nothing to bring into an order or to add
     * up, and so less to set up and to take down than to do.
     */
    static final String FINISH_ONE = GONE + """
            , released as (
                update queues q set running = q.running - 1
                where (q.workspace_id, q.name) = (select workspace_id, queue from gone where lane = 'queued' and ran)
                returning 1
            ), passed_on as materialized (
                select pass_on_key(workspace_id, queue, concurrency_key, 1) from (
                    select workspace_id, queue, concurrency_key from gone where let_in offset 0) freed
                cross join (select count(*) from released) places
            ), announced as (
                insert into event_outbox (workspace_id, type, number, subjects, attempts, millis, data)
                select workspace_id, 'io.bascule.task.finished', 1, array[id], array[attempt], array[run_millis],
                    json_build_array(
                        json_build_object('type', type, 'lane', lane, 'state', end_state, 'code', end_code), 'runMillis')
                from gone
            )
            select id, end_state, reply_to from gone cross join (select count(*) from passed_on) places""";

    /** Keeps a task for a later attempt, unless somebody asked for its end. */
    static final String POSTPONE = """
            with later as (
                select * from unnest(?::uuid[], ?::integer[], ?::text[], ?::bigint[], ?::integer[], ?::integer[], ?::text[],
                    ?::text[])
                as d (id, attempt, state, delay, failures, losses, error_code, error_message)
            ), gone as (
                update task_live t
                set state = d.state, failures = d.failures, losses = d.losses, worker = null, lease_until = null,
                    run_at = case when d.delay > 0 then clock_timestamp() + d.delay * interval '1 ms' else t.run_at end,
                    error_code = coalesce(d.error_code, t.error_code),
                    error_message = coalesce(d.error_message, t.error_message)
                from later d
                where t.id = d.id and t.attempt = d.attempt and t.state = 'running' and t.cancel_requested_at is null
                returning t.id, t.workspace_id, t.lane, t.queue, t.type, t.state, t.attempt, t.error_code,
                    t.concurrency_key, t.concurrency_key is not null and t.state <> 'waiting' as let_in,
                    greatest(0, date_part('epoch', clock_timestamp() - t.started_at) * 1000)::bigint as run_millis,
                    true as ran
            )""" + RELEASE + """
            , announced as (
                insert into event_outbox (workspace_id, type, number, subjects, attempts, millis, data)
                select workspace_id, 'io.bascule.task.postponed', count(*), array_agg(id), array_agg(attempt),
                    array_agg(run_millis),
                    json_build_array(
                        json_build_object('type', type, 'lane', lane, 'state', state, 'code', error_code), 'runMillis')
                from gone group by workspace_id, type, lane, state, error_code
            )
            select id, state from gone cross join (select count(*) from passed_on) places""";

    private SettleSql() {}
}
