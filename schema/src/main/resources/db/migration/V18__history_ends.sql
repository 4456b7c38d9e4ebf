-- Retention asks every ten minutes of each day that is old enough whether a task in it ended lately. Tasks end roughly in the
-- order in which they are stored, so ranges of pages say it: an index of a few pages a day that settling does not touch, since
-- vacuum alone summarises it. What is not summarised yet is read.
--
-- The days to come get it with their tables. Of those that are there, only small ones do: to index a large one would stop all
-- tasks from ending meanwhile, and without it a day is read as before, until it is dropped.
create index task_history_finished_idx on only task_history using brin (finished_at) with (pages_per_range = 32);

do $$
declare
    day regclass;
begin
    for day in select inhrelid::regclass from pg_inherits where inhparent = 'task_history'::regclass loop
        if pg_relation_size(day) < 64 * 1024 * 1024 then
            execute format('create index %I on %s using brin (finished_at) with (pages_per_range = 32)',
                day::text || '_finished_at_idx', day);
            execute format('alter index task_history_finished_idx attach partition %I', day::text || '_finished_at_idx');
        end if;
    end loop;
end $$;
