-- A key can be made known before it is used, so that whoever verifies knows it in time; and it can be known until when one that
-- is not used any more is still believed.
alter table platform_keys add column used_from timestamptz not null default now();
update platform_keys set used_from = created_at;
