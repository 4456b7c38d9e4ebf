-- Retention asks every ten minutes of each day that is old enough whether a task in it ended lately. Tasks end roughly in the
-- order in which they are stored, so ranges of pages say it: an index of a few pages a day that settling does not touch, since
-- vacuum alone summarises it. What is not summarised yet is read.
create index task_history_finished_idx on task_history using brin (finished_at) with (pages_per_range = 32);
