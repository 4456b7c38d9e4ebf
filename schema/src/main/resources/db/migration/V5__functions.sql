-- Users' own code: a function has a name, its versions never change.

create table functions (
    id               uuid primary key default uuidv7(),
    workspace_id     uuid not null references workspaces,
    name             text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    runtime          text not null check (runtime in ('javascript')),
    latest_version   integer not null check (latest_version >= 1),
    created_at       timestamptz not null default now(),
    updated_at       timestamptz not null default now(),
    unique (workspace_id, name)
);

create table function_versions (
    function_id      uuid not null references functions on delete cascade,
    version          integer not null check (version >= 1),
    source           text not null check (octet_length(source) between 1 and 1048576),
    timeout_seconds  integer not null check (timeout_seconds between 1 and 900),
    memory_mib       integer not null check (memory_mib between 96 and 1024),
    created_at       timestamptz not null default now(),
    created_by       uuid not null references users,
    primary key (function_id, version)
);
