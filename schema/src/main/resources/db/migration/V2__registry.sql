-- What can be reached and through whom: agents, resources, and the keys with which the platform vouches for them.

create table agents (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces,
    name          text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    labels        jsonb not null default '{}',
    created_at    timestamptz not null,
    joined_at     timestamptz,
    last_seen_at  timestamptz,
    revoked_at    timestamptz,
    version       bigint not null default 0
);

-- The name of a revoked agent may be used again.
create unique index agents_name_key on agents (workspace_id, name) where revoked_at is null;

-- Single use: redeeming one sets used_at in the transaction that issues the certificate.
create table join_tokens (
    id          uuid primary key default uuidv7(),
    agent_id    uuid not null references agents,
    hash        bytea not null unique,
    created_by  uuid not null references users,
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    used_at     timestamptz
);

create index join_tokens_agent_idx on join_tokens (agent_id);

create table resources (
    id            uuid primary key,
    workspace_id  uuid not null references workspaces,
    agent_id      uuid not null references agents,
    name          text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    kind          text not null check (kind in ('tcp', 'ssh', 'http', 'kubernetes', 'postgres', 'mysql')),
    host          text not null check (length(host) between 1 and 253),
    port          integer not null check (port between 1 and 65535),
    labels        jsonb not null default '{}',
    created_at    timestamptz not null,
    updated_at    timestamptz not null,
    version       bigint not null default 0,
    unique (workspace_id, name)
);

create index resources_agent_idx on resources (agent_id);
create index resources_labels_idx on resources using gin (labels jsonb_path_ops);

-- Keys of the platform's certificate authority and of its tickets. The private half is encrypted with the master key
-- (AES-256-GCM, the id as additional data). Several may be active, so that one can be replaced with overlap.
create table platform_keys (
    id                     uuid primary key default uuidv7(),
    purpose                text not null check (purpose in ('authority', 'ticket')),
    public_part            bytea not null,
    encrypted_private_key  bytea not null,
    created_at             timestamptz not null default now(),
    retired_at             timestamptz
);

create index platform_keys_purpose_idx on platform_keys (purpose) where retired_at is null;

create table certificates (
    serial        numeric(49) primary key,
    kind          text not null check (kind in ('agent', 'client', 'bridge')),
    subject       text not null,
    thumbprint    bytea not null unique,
    not_before    timestamptz not null,
    not_after     timestamptz not null,
    revoked_at    timestamptz
);

create index certificates_subject_idx on certificates (kind, subject);

-- Who may open tunnels to which resources, by the resource's labels. Without any rule, operators and above may;
-- a matching deny wins over every allow.
create table access_rules (
    id            uuid primary key default uuidv7(),
    workspace_id  uuid not null references workspaces,
    effect        text not null check (effect in ('allow', 'deny')),
    role          text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
    labels        jsonb not null default '{}',
    created_at    timestamptz not null default now()
);

create index access_rules_workspace_idx on access_rules (workspace_id);

-- One row a tunnel, from the decision to open it to its end: what is audited once is decided by updating it. What moves
-- while a tunnel lives is in Redis, and is rebuilt from here and from the bridges' reports.
create table tunnels (
    id                 uuid primary key,
    workspace_id       uuid not null references workspaces,
    resource_id        uuid not null,
    resource_name      text not null,
    resource_kind      text not null,
    agent_id           uuid not null references agents,
    agent_name         text not null,
    user_id            uuid not null references users,
    username           text not null,
    task_id            uuid,
    epoch              bigint not null default 1,
    bridge_id          text not null,
    opened_at          timestamptz not null,
    attached_at        timestamptz,
    closing_reason     text,
    closed_at          timestamptz,
    bytes_from_client  bigint not null default 0,
    bytes_from_agent   bigint not null default 0
);

create index tunnels_workspace_idx on tunnels (workspace_id, id desc);
create index tunnels_agent_idx on tunnels (agent_id) where closed_at is null;
create index tunnels_resource_idx on tunnels (resource_id) where closed_at is null;
create index tunnels_bridge_idx on tunnels (bridge_id) where closed_at is null;
create index tunnels_closing_idx on tunnels (bridge_id) where closing_reason is not null and closed_at is null;
