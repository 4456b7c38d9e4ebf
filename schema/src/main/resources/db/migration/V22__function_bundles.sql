-- A version's code may be several files. Their archive is kept with the version, so that it comes, is backed up and goes with it.
alter table function_versions
    -- The file with the handler, whose text is the source.
    add column main text check (octet_length(main) between 1 and 1024),
    add column bundle bytea check (octet_length(bundle) between 1 and 2097152),
    -- What is in it: paths, sizes and hashes.
    add column bundle_files jsonb,
    add check ((main is null) = (bundle is null) and (main is null) = (bundle_files is null));

-- It is compressed already, and its length is read without it.
alter table function_versions alter column bundle set storage external;
