-- Which resources of its workspace a version of a function may reach, by name.
alter table function_versions
    add column resources text[] not null default '{}' check (cardinality(resources) <= 16);
