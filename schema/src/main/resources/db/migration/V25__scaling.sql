-- What an autoscaler with the deployed policies would have, reckoned from the platform's own signals, a row a component.
create table scaling_states (
    component    text primary key,
    observed_at  timestamptz not null,
    -- Pods that were counted; null where nothing tells of them.
    pods         integer check (pods >= 0),
    -- Null where no signal has been seen yet.
    desired      integer check (desired >= 1),
    hold         text not null,
    -- By metric: the value that was seen and the pods that it asks for.
    signals      json not null,
    -- What the next step goes on with: wishes and changes within the windows.
    memory       json not null
) with (fillfactor = 50);

-- When the desired number changed. The newest 1,000 of a component, for 30 days.
create table scaling_decisions (
    id          bigint generated always as identity primary key,
    component   text not null,
    decided_at  timestamptz not null,
    from_pods   integer not null,
    to_pods     integer not null check (to_pods <> from_pods),
    live_pods   integer,
    -- The signal that asked for most; null where the range alone decided.
    signal      text,
    value       double precision,
    wanted      integer not null,
    hold        text not null
);

create index scaling_decisions_component_idx on scaling_decisions (component, id desc);
