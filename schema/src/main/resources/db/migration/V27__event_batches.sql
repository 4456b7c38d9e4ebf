-- A row of the outbox may tell of many tasks to which the same has happened, as a worker's round makes them: a row for each of
-- them was a third of what a task cost. docs/adr/0018-one-row-for-a-rounds-events.md
--
-- Then subject is null and subjects, attempts and millis tell them apart. data holds what is the same for all and what their
-- milliseconds are, as [{"type": …}, "runMillis"]: neither a relay nor a counter of the release before can read such a row.
alter table event_outbox
    alter column subject drop not null,
    add column number integer not null default 1 check (number > 0),
    add column subjects uuid[],
    add column attempts integer[],
    add column millis bigint[],
    add constraint event_outbox_one_or_many check (
        case when subjects is null then subject is not null and number = 1
            else subject is null and number = cardinality(subjects) end) not valid;

create function event_data(shared json, attempt integer, millis bigint) returns json language sql stable
    return concat(left((shared -> 0)::text, -1), ', "attempt" : ' || attempt,
        ', "' || (shared ->> 1) || '" : ' || coalesce(millis::text, 'null'), '}')::json;

-- Every event by itself. Those of a row have its xid and seq, so that a cursor (xid, seq) is passed by all of them at once.
create view outbox_events as
select e.xid, e.seq, coalesce(one.position, 1) as position,
    concat_ws('-', e.xid, e.seq, case when e.subject is null then one.position end) as id,
    e.occurred_at, e.workspace_id, e.type, coalesce(e.subject, one.subject::text) as subject,
    case when e.subject is not null then e.data else event_data(e.data, one.attempt, one.millis) end as data
from event_outbox e
left join lateral unnest(e.subjects, e.attempts, e.millis) with ordinality as one (subject, attempt, millis, position)
    on e.subject is null;

create function write_one_by_one() returns trigger language plpgsql as $$
begin
    insert into event_outbox (occurred_at, workspace_id, type, subject, data)
    select new.occurred_at, new.workspace_id, new.type, one.subject::text, event_data(new.data, one.attempt, one.millis)
    from unnest(new.subjects, new.attempts, new.millis) as one (subject, attempt, millis);
    return null;
end
$$;

-- For the way back to the release before, which reads no such rows: from now on, or until it is called with false, each event has a
-- row of its own whoever writes it. Fails rather than make those wait who write: then call it again.
create function events_one_by_one(wanted boolean) returns void language plpgsql
    set search_path from current set lock_timeout = '250ms' as $$
begin
    drop trigger if exists event_outbox_one_by_one on event_outbox;
    if wanted then
        create trigger event_outbox_one_by_one before insert on event_outbox
            for each row when (new.subject is null) execute function write_one_by_one();
    end if;
end
$$;

-- The same while an upgrade goes on, or a new API beside an old platform: until a relay leads that reads such rows.
do $$
begin
    if exists (select from users) then
        create trigger event_outbox_until_upgraded before insert on event_outbox
            for each row when (new.subject is null) execute function write_one_by_one();
    end if;
end
$$;

create function events_may_share_rows() returns void language plpgsql security definer
    set search_path from current set lock_timeout = '250ms' as $$
begin
    if exists (select from pg_trigger
        where tgrelid = 'event_outbox'::regclass and tgname = 'event_outbox_until_upgraded') then
        drop trigger event_outbox_until_upgraded on event_outbox;
    end if;
end
$$;
