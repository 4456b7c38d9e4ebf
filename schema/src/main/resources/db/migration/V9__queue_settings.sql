-- Queues that people make and change. The revision counts changes of the settings, not of the counter.
alter table queues
    add column revision bigint not null default 0,
    add column updated_at timestamptz not null default now();

update queues set updated_at = created_at;

-- Counts and purges what a queue holds back, whatever else the workspace has.
create index task_live_delayed_idx on task_live (workspace_id, queue, run_at) where state in ('scheduled', 'retrying');
