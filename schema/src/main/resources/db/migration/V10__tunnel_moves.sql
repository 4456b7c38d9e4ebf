-- A tunnel goes on when its bridge does not: it is detached until another bridge reports it or its ends give it up.
alter table tunnels
    add column detached_at timestamptz,
    add column left_epoch  bigint not null default 0,
    add column credential  text;

comment on column tunnels.left_epoch is 'highest epoch whose bridge reported that the tunnel left it';
comment on column tunnels.credential is 'what its user signed in with, such as token:ID; its end is the end of the tunnel';

create index tunnels_detached_idx on tunnels (detached_at) where detached_at is not null and closed_at is null;
create index tunnels_user_idx on tunnels (user_id) where closed_at is null;

-- What ends tickets before their time. Bridges hold these for as long as a ticket lasts, and learn new ones in the answers
-- to their reports.
create table revocations (
    id       bigint generated always as identity primary key,
    kind     text not null check (kind in ('tunnel', 'agent', 'user')),
    subject  uuid not null,
    -- The agent that carries a revoked tunnel and is told of it.
    agent_id uuid,
    reason   text not null,
    at       timestamptz not null
);

create index revocations_at_idx on revocations (at);
