-- Who did what, and what was decided. Append-only: changing or removing an event is refused by the database itself.

create table audit_events (
    id            uuid primary key default uuidv7(),
    workspace_id  uuid references workspaces,
    occurred_at   timestamptz not null default now(),
    actor_kind    text not null check (actor_kind in ('user', 'agent', 'service', 'anonymous')),
    actor_id      text not null,
    actor_name    text not null,
    address       text,
    action        text not null,
    target_kind   text,
    target_id     text,
    target_name   text,
    outcome       text not null check (outcome in ('allowed', 'denied', 'failed')),
    request_id    text,
    details       jsonb not null default '{}'
);

create index audit_events_workspace_idx on audit_events (workspace_id, id desc);
create index audit_events_action_idx on audit_events (workspace_id, action, id desc);
create index audit_events_actor_idx on audit_events (workspace_id, actor_name, id desc);

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'audit events are append-only' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_events_append_only before update or delete on audit_events
    for each row execute function refuse_audit_change();
create trigger audit_events_no_truncate before truncate on audit_events
    for each statement execute function refuse_audit_change();
