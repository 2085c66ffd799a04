/** People read from directories: what else the directory calls them, and how far each sync came. */
export const directorySyncs = `
-- what other entries of the directory call this one (a DN): changes with renames, and is how managers are named there
alter table people add column directory_handle text, add column manager_handle text;
create index people_handle on people (tenant_id, directory, lower(directory_handle)) where directory_handle is not null;
create index people_unmanaged on people (tenant_id, directory) where manager_id is null and manager_handle is not null;

create table directory_syncs (
  tenant_id uuid not null references tenants,
  directory text not null,
  -- the adapter's own word for where to go on
  cursor text,
  -- a run that came to its end; everybody was read, or only what changed
  synced_at timestamptz,
  read_whole_at timestamptz,
  tried_at timestamptz not null default now(),
  -- why the last run did not come to its end: a word of ours
  problem text,
  people integer not null default 0,
  primary key (tenant_id, directory)
);
`
