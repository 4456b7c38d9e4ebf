-- Tasks: what waits or runs is in task_live, what ended in task_history. docs/tasks.md draws the states.

create table queues (
    workspace_id       uuid not null references workspaces,
    name               text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    concurrency_limit  integer not null default 1 check (concurrency_limit between 1 and 10000),
    running            integer not null default 0,
    paused_at          timestamptz,
    created_at         timestamptz not null default now(),
    primary key (workspace_id, name)
);

insert into queues (workspace_id, name) select id, 'default' from workspaces where name = 'default';
