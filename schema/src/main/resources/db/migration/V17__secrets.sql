-- Secrets of workspaces: each sealed under its workspace's key, which is wrapped by the operator's master key (docs/adr).

-- Which master key a private half is sealed with; null in rows from before it was noted.
alter table platform_keys add column master_key_id text;

create table workspace_keys (
    workspace_id   uuid primary key references workspaces,
    -- Grows with every new key, under which all the workspace's secrets are sealed anew in the same transaction.
    generation     integer not null check (generation >= 1),
    wrapped_key    bytea not null,
    master_key_id  text not null,
    created_at     timestamptz not null default now()
);

create table secrets (
    id              uuid primary key default uuidv7(),
    workspace_id    uuid not null references workspace_keys,
    name            text not null check (name ~ '^[A-Za-z]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$'),
    -- Grows with every new value; part of what the sealed value is bound to.
    version         bigint not null check (version >= 1),
    key_generation  integer not null,
    sealed_value    bytea not null check (octet_length(sealed_value) between 29 and 65564),
    created_at      timestamptz not null default now(),
    created_by      uuid not null references users,
    updated_at      timestamptz not null default now(),
    updated_by      uuid not null references users,
    unique (workspace_id, name)
);

-- Which secrets a version of a function may read.
alter table function_versions
    add column secrets text[] not null default '{}' check (cardinality(secrets) <= 50);
