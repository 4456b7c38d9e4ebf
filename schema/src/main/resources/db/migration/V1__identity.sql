-- Who may do what: workspaces (the boundary of data, quotas and roles), users, their roles and their tokens.

create table workspaces (
    id          uuid primary key default uuidv7(),
    name        text not null unique check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    created_at  timestamptz not null default now()
);

insert into workspaces (name) values ('default');

create table users (
    id                uuid primary key default uuidv7(),
    username          text not null check (length(username) between 1 and 128),
    password_hash     text not null,
    created_at        timestamptz not null default now(),
    disabled_at       timestamptz
);

create unique index users_username_key on users (lower(username));

create table memberships (
    workspace_id  uuid not null references workspaces,
    user_id       uuid not null references users,
    role          text not null check (role in ('owner', 'admin', 'operator', 'viewer')),
    primary key (workspace_id, user_id)
);

create index memberships_user_idx on memberships (user_id);

-- A token is kept as the SHA-256 of its text: 256 random bits need no slow hash.
create table access_tokens (
    id            uuid primary key default uuidv7(),
    workspace_id  uuid not null references workspaces,
    user_id       uuid not null references users,
    name          text not null check (length(name) between 1 and 128),
    hash          bytea not null unique,
    created_at    timestamptz not null default now(),
    expires_at    timestamptz,
    last_used_at  timestamptz,
    revoked_at    timestamptz
);

create index access_tokens_user_idx on access_tokens (user_id);
