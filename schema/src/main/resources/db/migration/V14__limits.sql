-- Limits within a queue (tasks that share a concurrency key) and over all queues of a workspace; what an attempt leaves for the
-- next one.

alter table queues add column key_limit integer not null default 1 check (key_limit between 1 and 10000);

-- A held task waits until its key lets it in; claims never look at it. What is let in and not held, waiting or running,
-- has one of its key's places.
alter table task_live
    add column concurrency_key text check (length(concurrency_key) between 1 and 255),
    add column held boolean not null default false,
    add check (not held or (state = 'waiting' and lane = 'queued' and concurrency_key is not null));

-- Kept from attempt to attempt, gone with the end.
alter table task_live add column checkpoint json check (octet_length(checkpoint::text) <= 262144);

alter table task_history add column concurrency_key text;

drop index task_live_claim_idx;
create index task_live_claim_idx on task_live (lane, workspace_id, queue, priority desc, run_at, id)
    where state = 'waiting' and not held;
create index task_live_held_idx on task_live (workspace_id, queue, concurrency_key, priority desc, run_at, id) where held;

-- Places taken, one row a key that is in use. Changed in the transaction that changes its tasks; rows are locked in key
-- order, after those of queues.
create table concurrency_keys (
    workspace_id  uuid not null,
    queue         text not null,
    key           text not null,
    let_in        integer not null check (let_in >= 0),
    primary key (workspace_id, queue, key)
) with (fillfactor = 50);

-- Frees places of a key and lets the next of its held tasks in, as many as there are places. Returns how many it let in.
-- Every statement in it sees what was committed before the key's row was locked.
create function pass_on_key(workspace uuid, queue_name text, word text, freed integer) returns integer language plpgsql as $$
declare
    places  integer;
    taken   integer;
begin
    insert into concurrency_keys as k (workspace_id, queue, key, let_in) values (workspace, queue_name, word, 0)
        on conflict (workspace_id, queue, key) do update set let_in = k.let_in - freed;
    select q.key_limit - k.let_in into places
        from concurrency_keys k join queues q on q.workspace_id = k.workspace_id and q.name = k.queue
        where k.workspace_id = workspace and k.queue = queue_name and k.key = word;
    with next as (
        select t.id from task_live t
        where t.held and t.workspace_id = workspace and t.queue = queue_name and t.concurrency_key = word
        order by t.priority desc, t.run_at, t.id limit greatest(coalesce(places, 0), 0) for update skip locked
    ), let as (
        update task_live t set held = false from next where t.id = next.id returning 1
    )
    select count(*) into taken from let;
    update concurrency_keys set let_in = let_in + taken
        where taken > 0 and workspace_id = workspace and queue = queue_name and key = word;
    delete from concurrency_keys k
        where k.let_in = 0 and k.workspace_id = workspace and k.queue = queue_name and k.key = word
            and not exists (select 1 from task_live t where t.held and t.workspace_id = workspace
                and t.queue = queue_name and t.concurrency_key = word);
    return taken;
end
$$;

-- Whether there is such a queue, which nobody removes until the transaction ends. Locking its row for that (key share)
-- would let claims and settlements of the same queue run into each other's locks.
create function queue_stays(workspace uuid, queue_name text) returns boolean language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended(workspace || '/' || queue_name, 0));
    return exists (select 1 from queues where workspace_id = workspace and name = queue_name);
end
$$;

-- How many queued tasks of a workspace may run at once, over all its queues; no row, no quota.
create table workspace_quotas (
    workspace_id  uuid primary key references workspaces,
    queued_limit  integer not null check (queued_limit between 1 and 100000),
    revision      bigint not null default 0,
    updated_at    timestamptz not null default now()
);

-- How many more may start; null without a quota. Only one transaction at a time starts tasks of a workspace that has one,
-- and it sees all that were started before.
create function quota_room(workspace uuid) returns integer language plpgsql as $$
declare
    quota  integer;
begin
    select queued_limit into quota from workspace_quotas where workspace_id = workspace for no key update;
    return quota - (select coalesce(sum(running), 0) from queues where workspace_id = workspace);
end
$$;
