/** How an accepted change ends before its time, that it took effect, and what all admins are told of it (security.md D13). */
export const policyDelays = `
-- a version that ends one which waits: it holds what was in force (called off), or what waits, at once (hastened)
alter table policies
  add column ends_version integer,
  add column ended_as text check (ended_as in ('called_off', 'hastened')),
  add column confirmed_by uuid,
  add column confirmed_by_name text,
  add constraint policies_ended check ((ends_version is null) = (ended_as is null)),
  -- an emergency takes three different people
  add constraint policies_hastened check (ended_as is distinct from 'hastened' or (confirmed_by is not null
    and accepted_by is not null and confirmed_by <> accepted_by and confirmed_by::text <> saved_by
    and accepted_by::text <> saved_by));

-- that a delayed version took effect was told; one row a version, so that it is told once
create table policy_effects (
  tenant_id uuid not null references tenants,
  version integer not null,
  at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- e-mails to admins about changes that weaken; written with what they tell of
create table staff_notices (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  kind text not null check (kind in ('proposed', 'accepted', 'called_off', 'hastened', 'took_effect')),
  about text not null,
  by_name text not null,
  takes_effect_at timestamptz,
  status text not null default 'waiting' check (status in ('waiting', 'begun', 'sent', 'refused', 'unknown')),
  tries smallint not null default 0,
  not_before timestamptz not null default now(),
  begun_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, kind, about, staff_id)
);
create index staff_notices_waiting on staff_notices (tenant_id, not_before) where status in ('waiting', 'begun');
`
