-- What is old leaves: sent events and ended tasks, a day's partition at once.

-- One table of cursors in the outbox: 'kafka' is published, 'totals' is counted. What lies below all of them is done with.
insert into outbox_relays (name, system_identifier, fence, xid, seq)
select 'totals', system_identifier, 0, xid, seq from task_totals_cursor;

drop table task_totals_cursor;

-- The span of a partition, from its name: a day, or a month of the history as it was before; null of the default one.
create function partition_start(name text) returns timestamptz language sql stable
    return case
        when name ~ '_\d{4}_\d\d_\d\d$' then to_date(right(name, 10), 'YYYY_MM_DD')::timestamp at time zone 'UTC'
        when name ~ '_\d{4}_\d\d$' then to_date(right(name, 7), 'YYYY_MM')::timestamp at time zone 'UTC' end;

create function partition_end(name text) returns timestamptz language sql stable
    return (partition_start(name) at time zone 'UTC'
        + case when name ~ '_\d{4}_\d\d_\d\d$' then interval '1 day' else interval '1 month' end) at time zone 'UTC';

-- Partitions of a table whose span is over at a moment, oldest first.
create function partitions_before(parent regclass, moment timestamptz) returns setof name language sql stable
begin atomic
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = parent and partition_end(c.relname) <= moment order by partition_end(c.relname);
end;

-- Months that hold nothing yet make room for days.
do $$
declare
    month  text;
    used   boolean;
begin
    lock table only task_history in access exclusive mode;
    foreach month in array array(select partitions_before('task_history', 'infinity')) loop
        execute format('select exists (select 1 from %I)', month) into used;
        if not used then
            execute format('drop table %I', month);
        end if;
    end loop;
end
$$;

-- Makes the partitions of today and the days that follow; safe to call at any time, by anyone, at once. A day whose rows
-- went to the default partition, because nobody made its own in time, leaves them there.
create or replace function ensure_task_partitions(today date) returns integer language plpgsql security definer
    set search_path from current set lock_timeout = '1s' as $$
declare
    day     date;
    made    integer := 0;
    suffix  text;
begin
    perform pg_advisory_xact_lock(hashtext('ensure_task_partitions'));
    for ahead in 0..3 loop
        day := today + ahead;
        suffix := to_char(day, '_YYYY_MM_DD');
        begin
            if to_regclass('task_history' || suffix) is null
                    and to_regclass('task_history' || to_char(day, '_YYYY_MM')) is null then
                execute format('create table %I partition of task_history for values from (%L) to (%L)',
                    'task_history' || suffix, uuidv7_floor(day::timestamp at time zone 'UTC'),
                    uuidv7_floor((day + 1)::timestamp at time zone 'UTC'));
                made := made + 1;
            end if;
        exception when check_violation then null;
        end;
        begin
            if to_regclass('event_outbox' || suffix) is null then
                execute format('create table %I partition of event_outbox for values from (%L) to (%L)',
                    'event_outbox' || suffix, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
                made := made + 1;
            end if;
        exception when check_violation then null;
        end;
    end loop;
    return made;
end
$$;

select ensure_task_partitions((now() at time zone 'UTC')::date);

-- The event up to which all cursors have come; no row while one of them has not begun in this cluster.
create function done_events(out xid xid8, out seq bigint) returns setof record language sql stable
begin atomic
    select r.xid, r.seq from outbox_relays r
    where (select count(*) from outbox_relays o, pg_control_system() c
        where o.name in ('kafka', 'totals') and o.system_identifier = c.system_identifier::text) = 2
    order by r.xid, r.seq limit 1;
end;

create function events_are_done(part name) returns boolean language plpgsql stable as $$
declare
    done  boolean;
begin
    execute format('select coalesce((select (last.xid, last.seq) <= (select d.xid, d.seq from done_events() d)
        from %I last order by last.xid desc, last.seq desc limit 1), not exists (select 1 from %1$I))', part) into done;
    return done;
end
$$;

-- The functions that drop give up when they would have to wait for a lock, as all writers would wait behind them.

-- Drops a day of events that is over at a moment, if every cursor has passed all of them. Looks again once nobody can write: a transaction that began
-- on that day may have been open. What one writes later goes to the default partition.
create function drop_done_events(part name, moment timestamptz) returns boolean language plpgsql security definer
    set search_path from current set lock_timeout = '250ms' as $$
begin
    if not part in (select partitions_before('event_outbox', moment)) or not events_are_done(part) then
        return false;
    end if;
    lock table only event_outbox in access exclusive mode;
    if not events_are_done(part) then
        return false;
    end if;
    execute format('drop table %I', part);
    return true;
exception when lock_not_available then
    return false;
end
$$;

-- Takes a part of the history away if nothing in it ended at or after a moment. It may take long to see that, so no lock is
-- held meanwhile: what ends between the look and the lock is put back by drop_detached_history.
create function detach_old_history(part name, kept_from timestamptz) returns boolean language plpgsql security definer
    set search_path from current set lock_timeout = '250ms' as $$
declare
    young  boolean;
begin
    if not part in (select partitions_before('task_history', kept_from)) then
        return false;
    end if;
    execute format('select exists (select 1 from %I where finished_at >= %L)', part, kept_from) into young;
    if young then
        return false;
    end if;
    lock table only task_history in access exclusive mode;
    execute format('alter table task_history detach partition %I', part);
    execute format('alter table %I rename to %I', part, 'detached_' || part);
    return true;
exception when lock_not_available then
    return false;
end
$$;

create function drop_detached_history(kept_from timestamptz) returns integer language plpgsql security definer
    set search_path from current set lock_timeout = '250ms' as $$
declare
    part     name;
    dropped  integer := 0;
begin
    foreach part in array array(select relname from pg_class
            where relname like 'detached\_task\_history\_%' and relkind = 'r' and relnamespace = current_schema()::regnamespace)
    loop
        execute format('insert into task_history select * from %I where finished_at >= %L on conflict do nothing', part,
            kept_from);
        execute format('drop table %I', part);
        dropped := dropped + 1;
    end loop;
    return dropped;
end
$$;
