-- Which attempt of a task that has lost a worker before was let begin: a worker that dies takes with it what it had claimed ahead, and
-- that must not count against tasks whose handlers were never called. docs/adr/0011-claiming-ahead.md
alter table task_live add column begun integer;
