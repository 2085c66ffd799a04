/** A directory that suddenly shows far fewer people is believed only after an operator said so; privilege and mail as it says. */
export const directoryDrops = `
-- what a sync would have taken away when it was stopped, and what an operator accepted of that, once
alter table directory_syncs
  add column held_people integer,
  add column held_contacts integer,
  add column held_since timestamptz,
  add column accepted_people integer,
  add column accepted_contacts integer,
  -- when it was last asked who is privileged
  add column tiers_read_at timestamptz;

-- whether the directory made somebody privileged: only then does the directory take it back
alter table people add column is_tier_from_directory boolean not null default false;

-- somebody without an address has none, rather than an empty one
alter table people drop column search_text;
alter table people alter column work_email drop not null;
update people set work_email = null where work_email = '';
alter table people add constraint people_work_email_check check (work_email <> '');
alter table people add column search_text text not null generated always as
  (lower(display_name || ' ' || coalesce(romanised_name, '') || ' ' || coalesce(work_email, '') || ' ' || login)) stored;
create index people_search on people using gin (tenant_id, search_text gin_trgm_ops);

-- kinds are listed in staff-notices.ts, which writes no other
alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind ~ '^[a-z_]{3,40}$');
`
