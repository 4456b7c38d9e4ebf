-- Names for versions of functions: live, which runs where no version is named, and those that people make (docs/adr).

create table function_aliases (
    function_id  uuid not null references functions on delete cascade,
    name         text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' and name !~ '^[0-9]+$'),
    -- Null for a live that follows the newest version, as one without a row does.
    version      integer,
    -- The newest version when live was held back: whoever deploys another without a word of aliases, as services of the release
    -- before do, ends that, so that what is deployed runs.
    held_at      integer,
    revision     bigint not null check (revision >= 1),
    updated_at   timestamptz not null default now(),
    updated_by   uuid not null references users,
    primary key (function_id, name),
    -- Without a cascade: a version stays as long as something points to it.
    foreign key (function_id, version) references function_versions,
    check (version is not null or name = 'live'),
    check ((held_at is not null) = (name = 'live' and version is not null))
);

-- What each alias stands for; live is always there. Its revision grows with every version, too.
create view current_function_aliases as
    select f.id as function_id, 'live' as name, case when a.held_at = f.latest_version then a.version else f.latest_version end as version,
           f.latest_version + coalesce(a.revision, 0) as revision, a.updated_at, a.updated_by
    from functions f left join function_aliases a on a.function_id = f.id and a.name = 'live'
    union all
    select function_id, name, version, revision, updated_at, updated_by
    from function_aliases where name <> 'live';
