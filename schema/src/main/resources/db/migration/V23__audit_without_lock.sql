-- An event is written with every task that is accepted. That its workspace is there was looked up and locked (key share) for each of
-- them, which took as long as writing it; whoever writes one has just found the caller in that workspace. No workspace is ever
-- removed, and if one were, what was done in it would have to stay on record.
alter table audit_events drop constraint audit_events_workspace_id_fkey;
