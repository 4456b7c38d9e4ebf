-- The demo database: something to see through a tunnel.
create table bridges (
    name text primary key,
    city text not null,
    opened integer not null,
    span_metres numeric not null
);
insert into bridges values
    ('Tower Bridge', 'London', 1894, 61),
    ('Michigan Avenue Bridge', 'Chicago', 1920, 67),
    ('Erasmusbrug', 'Rotterdam', 1996, 89),
    ('Slauerhoffbrug', 'Leeuwarden', 2000, 15),
    ('Woodrow Wilson Bridge', 'Alexandria', 2008, 82);
