-- Webhooks: events of a workspace are sent to addresses that it names. docs/guides/webhooks.md

-- The key from which the one that seals webhooks' secrets is derived.
alter table platform_keys drop constraint platform_keys_purpose_check;
alter table platform_keys add constraint platform_keys_purpose_check check (purpose in ('authority', 'ticket', 'webhook'));

create table webhooks (
    id                      uuid primary key,
    workspace_id            uuid not null references workspaces,
    name                    text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    url                     text not null check (length(url) between 1 and 2048),
    event_types             text[] not null check (cardinality(event_types) <= 50),
    description             text not null check (length(description) <= 500),
    -- HMAC keys, sealed with the row's id. The previous one signs beside the present one for a while.
    sealed_secret           bytea not null,
    sealed_previous_secret  bytea,
    previous_secret_until   timestamptz,
    disabled_at             timestamptz,
    -- Why the platform disabled it; null when a person did.
    disabled_reason         text,
    created_by              uuid not null references users,
    created_at              timestamptz not null default now(),
    updated_at              timestamptz not null default now(),
    version                 bigint not null default 0,
    -- How its endpoint fares, written by deliveries: failures in a row, since when, and until when it is left alone.
    failures                integer not null default 0,
    failing_since           timestamptz,
    rests_until             timestamptz not null default 'epoch',
    served_at               timestamptz not null default 'epoch',
    unique (workspace_id, name),
    check ((sealed_previous_secret is null) = (previous_secret_until is null)),
    check ((failures = 0) = (failing_since is null))
) with (fillfactor = 70);

-- One event for one webhook. The unique pair makes a message that Kafka gives again harmless.
create table webhook_deliveries (
    id               uuid primary key default uuidv7(),
    webhook_id       uuid not null references webhooks on delete cascade,
    event_id         text not null,
    event_type       text not null,
    -- What is sent, to the byte: it is signed anew with every attempt.
    body             text not null,
    state            text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'failed')),
    -- Grows with every claim; whoever settles names it.
    attempt          integer not null default 0,
    failures         integer not null default 0,
    -- When it may be sent; while it is being sent, when it counts as lost.
    next_at          timestamptz default clock_timestamp(),
    created_at       timestamptz not null default clock_timestamp(),
    -- Since when it is to be sent: from its creation, or from when somebody wanted it sent again.
    wanted_at        timestamptz not null default clock_timestamp(),
    last_attempt_at  timestamptz,
    last_status      integer,
    last_error       text,
    finished_at      timestamptz,
    unique (webhook_id, event_id),
    check ((next_at is null) = (state in ('delivered', 'failed'))),
    check ((finished_at is null) = (next_at is not null))
) with (fillfactor = 70);

create index webhook_deliveries_due_idx on webhook_deliveries (webhook_id, next_at) where next_at is not null;
create index webhook_deliveries_list_idx on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_finished_idx on webhook_deliveries (finished_at) where finished_at is not null;
