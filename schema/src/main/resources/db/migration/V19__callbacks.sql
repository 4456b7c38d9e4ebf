-- Callbacks: an address that is told of the end of one task. docs/adr/0010-callbacks.md

-- Beside the tasks, so that one without a callback pays nothing. It is kept as long as its task, which may be retried by hand.
create table task_callbacks (
    task_id       uuid primary key,
    workspace_id  uuid not null,
    url           text not null check (length(url) between 1 and 2048)
);

-- HMAC keys, sealed with the workspace's id. The previous one signs beside the present one for a while.
create table callback_secrets (
    workspace_id            uuid primary key references workspaces,
    sealed_secret           bytea not null,
    sealed_previous_secret  bytea,
    previous_secret_until   timestamptz,
    created_at              timestamptz not null default clock_timestamp(),
    check ((sealed_previous_secret is null) = (previous_secret_until is null))
);

-- With an origin it is no webhook but where a workspace's callbacks go: it has no secret of its own and wants no events, each of its
-- deliveries names its address, and it is there as long as they are. The empty one is for all origins beyond the bound.
alter table webhooks
    add column callback_origin text,
    alter column sealed_secret drop not null,
    alter column created_by drop not null,
    add check ((callback_origin is null) = (sealed_secret is not null)),
    add check ((callback_origin is null) = (created_by is not null)),
    add check (callback_origin is null or event_types = '{}');

create unique index webhooks_callback_origin_key on webhooks (workspace_id, callback_origin) where callback_origin is not null;

-- Of a callback: whose task's end it tells of, and where.
alter table webhook_deliveries
    add column workspace_id uuid,
    add column task_id uuid,
    add column url text,
    add check ((task_id is null) = (url is null) and (task_id is null) = (workspace_id is null));

create index webhook_deliveries_callbacks_idx on webhook_deliveries (workspace_id, id desc) where workspace_id is not null;
-- An end is told once, whichever origin's row it counts for.
create unique index webhook_deliveries_task_key on webhook_deliveries (task_id, event_id) where task_id is not null;

-- What a schedule's tasks may have as others do.
alter table schedules
    add column concurrency_key text check (length(concurrency_key) between 1 and 255),
    add column callback_url text check (length(callback_url) between 1 and 2048);
