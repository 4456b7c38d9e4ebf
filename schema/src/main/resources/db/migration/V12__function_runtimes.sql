-- Functions in Python too, and the hosts that a version may reach.

alter table functions drop constraint functions_runtime_check;
alter table functions add constraint functions_runtime_check check (runtime in ('javascript', 'python'));

alter table function_versions
    add column egress text[] not null default '{}' check (cardinality(egress) <= 50);
