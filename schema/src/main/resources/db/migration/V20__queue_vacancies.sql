-- Claims walk the queues of a workspace that have room, however many have none. The columns change when a queue fills up and
-- when it has room again, not with every task, so that counting in between stays within the row's page.

alter table queues
    -- The queue's name while it may start a task. A column of its own, so that only its index serves a walk of it.
    add column vacancy text generated always as
        (case when running < concurrency_limit and paused_at is null then name end) stored,
    add column busy boolean not null generated always as (running > 0) stored;

create index queues_vacancy_idx on queues (workspace_id, vacancy) where vacancy is not null;
create index queues_busy_idx on queues (workspace_id) where busy;

-- How many more may start; null without a quota. Only one transaction at a time starts tasks of a workspace that has one,
-- and it sees all that were started before.
create or replace function quota_room(workspace uuid) returns integer language plpgsql as $$
declare
    quota  integer;
begin
    select queued_limit into quota from workspace_quotas where workspace_id = workspace for no key update;
    return quota - (select coalesce(sum(running), 0) from queues where workspace_id = workspace and busy);
end
$$;
