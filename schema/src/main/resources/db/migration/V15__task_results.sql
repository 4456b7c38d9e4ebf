-- Results that are in object storage because a row is too small for them; the history's result is null there.

create table task_results (
    task_id       uuid primary key,
    workspace_id  uuid not null,
    -- Whose attempt's: part of the object's key.
    attempt       integer not null,
    bytes         bigint not null check (bytes > 0),
    created_at    timestamptz not null default now()
);
