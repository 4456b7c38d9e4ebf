-- Tasks that are submitted again and again: by a cron expression in a time zone, or at an interval. docs/guides/schedules.md

create table schedules (
    id                  uuid primary key,
    workspace_id        uuid not null references workspaces,
    name                text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    cron                text,
    zone                text,
    every_seconds       bigint check (every_seconds between 1 and 31622400),
    -- Where the intervals are counted from: when the times were set last.
    anchor_at           timestamptz not null,
    jitter_seconds      integer not null check (jitter_seconds between 0 and 86400),
    missed_runs         text not null check (missed_runs in ('skip', 'once', 'all')),
    -- The task, checked when it was written.
    lane                text not null check (lane in ('instant', 'queued')),
    queue               text not null check ((lane = 'instant') = (queue = '')),
    type                text not null,
    priority            smallint not null,
    max_failures        integer not null check (max_failures between 1 and 100),
    backoff_millis      bigint not null check (backoff_millis between 0 and 86400000),
    labels              json not null,
    input               json not null,
    -- In whose name its tasks run: whoever wrote it last, so that nobody lends another's rights to a task of their own.
    owner_id            uuid not null references users,
    created_by          uuid not null references users,
    created_at          timestamptz not null default now(),
    updated_at          timestamptz not null default now(),
    version             bigint not null default 0,
    paused_at           timestamptz,
    -- The time that comes next and when its task is submitted, which jitter puts off. Whoever submits it moves both in the
    -- same transaction. Null while paused.
    next_occurrence_at  timestamptz,
    next_run_at         timestamptz,
    last_run_at         timestamptz,
    last_task           uuid,
    last_error_at       timestamptz,
    last_error          text,
    unique (workspace_id, name),
    check ((cron is null) = (zone is null)),
    check ((cron is null) <> (every_seconds is null)),
    check ((next_run_at is null) = (next_occurrence_at is null)),
    check (paused_at is null or next_run_at is null)
) with (fillfactor = 70);

create index schedules_due_idx on schedules (next_run_at) where next_run_at is not null;
