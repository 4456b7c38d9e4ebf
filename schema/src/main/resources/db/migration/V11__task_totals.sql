-- What became of all tasks since this migration, folded from the outbox; the counters and histograms that the API publishes.

-- part: the outcome of finished tasks, the upper bound in seconds of a histogram's bucket, or empty.
create table task_totals (
    metric   text not null check (metric in ('accepted', 'started', 'finished', 'wait', 'run')),
    lane     text not null,
    type     text not null,
    part     text not null,
    count    bigint not null,
    seconds  double precision not null,
    primary key (metric, lane, type, part)
) with (fillfactor = 50);

-- Everything up to and including (xid, seq) of this cluster's outbox is counted.
create table task_totals_cursor (
    one                boolean primary key default true check (one),
    system_identifier  text not null,
    xid                xid8 not null,
    seq                bigint not null
) with (fillfactor = 50);

insert into task_totals_cursor (system_identifier, xid, seq)
select system_identifier::text, pg_snapshot_xmin(pg_current_snapshot()), 0 from pg_control_system();
