-- Tasks: what waits or runs is in task_live, what ended in task_history. docs/tasks.md draws the states.

create table queues (
    workspace_id       uuid not null references workspaces,
    name               text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    concurrency_limit  integer not null default 1 check (concurrency_limit between 1 and 10000),
    -- Tasks of this queue in state running. Changed in the statement that changes their state; rows are locked in key order.
    running            integer not null default 0 check (running >= 0),
    paused_at          timestamptz,
    created_at         timestamptz not null default now(),
    primary key (workspace_id, name)
) with (fillfactor = 50);

insert into queues (workspace_id, name) select id, 'default' from workspaces where name = 'default';

-- Small and busy: a row is inserted, claimed and deleted, seldom more. No index may cover lease_until or progress, so
-- that a renewal stays within its page. No foreign key either: its check would lock the workspace's row for every task.
create table task_live (
    id                   uuid primary key,
    workspace_id         uuid not null,
    lane                 text not null check (lane in ('instant', 'queued')),
    queue                text not null check ((lane = 'instant') = (queue = '')),
    type                 text not null,
    state                text not null check (state in ('waiting', 'scheduled', 'running', 'retrying')),
    priority             smallint not null,
    run_at               timestamptz not null,
    deadline             timestamptz,
    attempt              integer not null default 0,
    failures             integer not null default 0,
    losses               integer not null default 0,
    max_failures         integer not null check (max_failures between 1 and 100),
    backoff_millis       bigint not null check (backoff_millis between 0 and 86400000),
    dedupe               text,
    labels               json not null,
    input                json not null,
    submitted_by         uuid not null,
    submitted_by_name    text not null,
    reply_to             text,
    created_at           timestamptz not null default now(),
    started_at           timestamptz,
    worker               text,
    lease_until          timestamptz,
    cancel_requested_at  timestamptz,
    progress             smallint check (progress between 0 and 100),
    progress_message     text,
    error_code           text,
    error_message        text,
    check ((state = 'running') = (lease_until is not null))
) with (
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 2000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 20000,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 5000
);

create index task_live_claim_idx on task_live (lane, workspace_id, queue, priority desc, run_at, id)
    where state = 'waiting';
create index task_live_due_idx on task_live (run_at) where state in ('scheduled', 'retrying');
create index task_live_running_idx on task_live (worker) where state = 'running';
create index task_live_deadline_idx on task_live (deadline) where deadline is not null and state <> 'running';
create index task_live_workspace_idx on task_live (workspace_id, id);
create unique index task_live_dedupe_key on task_live (workspace_id, dedupe) where dedupe is not null;

-- Append-only, but for a failed task that is retried by hand. Partitioned by the month in the id (UUIDv7), so that the
-- primary key alone keeps a task from ending twice and a look-up by id touches one partition.
create table task_history (
    id                 uuid not null primary key,
    workspace_id       uuid not null,
    lane               text not null,
    queue              text not null,
    type               text not null,
    state              text not null check (state in ('succeeded', 'failed', 'cancelled', 'expired')),
    priority           smallint not null,
    run_at             timestamptz not null,
    deadline           timestamptz,
    attempt            integer not null,
    failures           integer not null,
    losses             integer not null,
    max_failures       integer not null,
    backoff_millis     bigint not null,
    dedupe             text,
    labels             json not null,
    input              json not null,
    submitted_by       uuid not null,
    submitted_by_name  text not null,
    created_at         timestamptz not null,
    started_at         timestamptz,
    finished_at        timestamptz not null default clock_timestamp(),
    worker             text,
    progress           smallint,
    progress_message   text,
    error_code         text,
    error_message      text,
    result             json
) partition by range (id);

create index task_history_workspace_idx on task_history (workspace_id, id desc);
create index task_history_state_idx on task_history (workspace_id, state, id desc);

create table task_history_default partition of task_history default;

-- The smallest UUIDv7 of a moment.
create function uuidv7_floor(moment timestamptz) returns uuid language sql immutable
    return (lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- A key names one submit for a day; request_hash tells a repetition from a different request.
create table idempotency_keys (
    workspace_id  uuid not null,
    key           text not null check (length(key) between 1 and 255),
    request_hash  bytea not null,
    task_id       uuid not null,
    created_at    timestamptz not null default now(),
    primary key (workspace_id, key)
);

create index idempotency_keys_age_idx on idempotency_keys (created_at);

-- Every change, in the transaction that made it. A relay reads what is below pg_snapshot_xmin in the order (xid, seq):
-- identity values alone are handed out before their transactions commit and would let it skip a slow one.
create table event_outbox (
    xid           xid8 not null default pg_current_xact_id(),
    seq           bigint generated always as identity,
    occurred_at   timestamptz not null default now(),
    workspace_id  uuid,
    type          text not null,
    subject       text not null,
    data          json not null
) partition by range (occurred_at);

create index event_outbox_order_idx on event_outbox (xid, seq);

create table event_outbox_default partition of event_outbox default;

-- Makes the partitions for this month (day) and those that follow; safe to call at any time, by anyone, at once.
create function ensure_task_partitions(today date) returns integer language plpgsql security definer
    set search_path from current as $$
declare
    first  date;
    made   integer := 0;
    name   text;
begin
    perform pg_advisory_xact_lock(hashtext('ensure_task_partitions'));
    for ahead in 0..2 loop
        first := (date_trunc('month', today::timestamp) + make_interval(months => ahead))::date;
        name := 'task_history_' || to_char(first, 'YYYY_MM');
        if to_regclass(name) is null then
            execute format('create table %I partition of task_history for values from (%L) to (%L)', name,
                uuidv7_floor(first::timestamp at time zone 'UTC'),
                uuidv7_floor((first + interval '1 month') at time zone 'UTC'));
            made := made + 1;
        end if;
        first := today + ahead;
        name := 'event_outbox_' || to_char(first, 'YYYY_MM_DD');
        if to_regclass(name) is null then
            execute format('create table %I partition of event_outbox for values from (%L) to (%L)', name,
                first::timestamp at time zone 'UTC', (first + 1)::timestamp at time zone 'UTC');
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

select ensure_task_partitions((now() at time zone 'UTC')::date);

-- Workers that beat lately; the divisor of the instant lane's gauge.
create table task_workers (
    id           text primary key,
    lane         text not null check (lane in ('instant', 'queued')),
    concurrency  integer not null,
    active       integer not null,
    seen_at      timestamptz not null
) with (fillfactor = 50);

-- Recurring work that any pod may do: whoever moves last_at takes the turn. quiet_until keeps the reaper from returning
-- tasks until their workers have had a full lease to be heard after an outage.
create table upkeep_turns (
    name         text primary key,
    last_at      timestamptz not null,
    quiet_until  timestamptz not null
) with (fillfactor = 50);

insert into upkeep_turns (name, last_at, quiet_until)
select name, 'epoch', 'epoch' from unnest(array['reap', 'due', 'expire', 'partitions', 'retention']) as name;

-- Who publishes the platform's gauges. The fence grows with every new holder.
create table gauge_lease (
    one         boolean primary key default true check (one),
    holder      text not null,
    fence       bigint not null,
    held_since  timestamptz not null,
    held_until  timestamptz not null
);
