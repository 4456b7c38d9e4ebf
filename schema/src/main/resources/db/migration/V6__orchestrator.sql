-- Who leads (one row a duty), and how far the relay of events has come.

-- The fence grows with every new holder; times are the database's.
create table leader_leases (
    name        text primary key,
    holder      text not null,
    fence       bigint not null,
    held_until  timestamptz not null
) with (fillfactor = 50);

-- Everything up to and including (xid, seq) has been published. Transaction ids mean something within one cluster only,
-- so that a cursor of another cluster (after a restore by dump) starts over. Only the holder of the fence may move it.
create table outbox_relays (
    name               text primary key,
    system_identifier  text not null,
    fence              bigint not null,
    xid                xid8 not null,
    seq                bigint not null,
    moved_at           timestamptz not null default now()
) with (fillfactor = 50);
