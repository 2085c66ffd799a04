/** Roles, tenants, people and what is known of them. Row-level security follows in 0006. */
export const tenantsAndPeople = `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

do $$ begin
  if not exists (select from pg_roles where rolname = 'countersign_api') then create role countersign_api nologin; end if;
  if not exists (select from pg_roles where rolname = 'countersign_worker') then create role countersign_worker nologin; end if;
  if not exists (select from pg_roles where rolname = 'countersign_resolver') then create role countersign_resolver nologin bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'countersign_recorder') then create role countersign_recorder nologin; end if;
end $$;

create table tenants (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  -- what the portal shows: { accent, helpdeskPhone, languages, defaultRegion, timeZone, egressCidrs, expectedCountries, labBanner }
  settings jsonb not null default '{}',
  oidc_issuer text,
  created_at timestamptz not null default now()
);

create table people (
  tenant_id uuid not null references tenants,
  id uuid not null,
  directory text not null default 'builtin',
  directory_id text not null,
  login text not null,
  work_email text not null,
  display_name text not null,
  given_name text not null,
  family_name text not null,
  romanised_name text,
  title text,
  department text,
  team text,
  office text,
  country text check (country ~ '^[A-Z]{2}$'),
  time_zone text,
  language text,
  manager_id uuid,
  hired_on date,
  tier text not null default 'standard' check (tier in ('standard', 'privileged')),
  account_state text not null default 'active' check (account_state in ('active', 'locked', 'disabled', 'deleted', 'not_started')),
  never_via_help_desk boolean not null default false,
  password_changed_at timestamptz,
  mfa_changed_at timestamptz,
  -- random per participant; analytics know only this (security.md E8)
  pseudonym uuid not null default gen_random_uuid(),
  blocked_until timestamptz,
  refreshed_at timestamptz not null default now(),
  -- what a search looks through: one column, so that one trigram index serves it
  search_text text not null generated always as
    (lower(display_name || ' ' || coalesce(romanised_name, '') || ' ' || work_email || ' ' || login)) stored,
  primary key (tenant_id, id),
  unique (tenant_id, directory, directory_id),
  unique (tenant_id, login)
);
create index people_manager on people (tenant_id, manager_id);
create index people_work_email on people (tenant_id, lower(work_email) collate "C");
create index people_search on people using gin (tenant_id, search_text gin_trgm_ops);

-- contacts on file. value_sealed: AES-256-GCM (E1), value_index: keyed HMAC (E3), masked: what screens show
create table contacts (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  label text not null check (label in ('work', 'mobile', 'private', 'home')),
  value_sealed bytea not null,
  value_index bytea not null,
  masked text not null,
  line_type text check (line_type in ('mobile', 'fixed', 'fixed_or_mobile', 'voip', 'toll_free', 'premium', 'shared_cost', 'unknown')),
  source text not null,
  first_seen_at timestamptz not null,
  last_changed_at timestamptz not null,
  changed_by text check (changed_by in ('participant', 'help_desk', 'directory', 'hr')),
  removed_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index contacts_person on contacts (tenant_id, person_id);
create index contacts_index on contacts (tenant_id, value_index);

-- facts that questions are made of; one row per fact that is true now (or was, with valid_to)
create table facts (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  family text not null,
  source text not null,
  value text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  read_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index facts_person on facts (tenant_id, person_id, family);
create index facts_family on facts (tenant_id, family, value);

-- blocks of option values (challenges.md section 4.2), immutable once shown
create table question_blocks (
  tenant_id uuid not null references tenants,
  id uuid not null,
  family text not null,
  epoch text not null,
  values_sealed bytea not null,
  value_digests bytea[] not null,
  valid_from timestamptz not null default now(),
  retired_at timestamptz,
  primary key (tenant_id, id)
);
create index question_blocks_family on question_blocks (tenant_id, family, retired_at);

create table disclosures (
  tenant_id uuid not null references tenants,
  id bigint generated always as identity,
  verification_id uuid not null,
  participant_pseudonym uuid not null,
  family text not null,
  fact_digest bytea not null,
  block_id uuid,
  epoch text not null,
  value_count smallint not null,
  agent_id uuid,
  channel text not null,
  shown_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index disclosures_participant on disclosures (tenant_id, participant_pseudonym, shown_at desc);
create index disclosures_verification on disclosures (tenant_id, verification_id);

create table sign_ins (
  tenant_id uuid not null,
  id bigint generated always as identity,
  person_id uuid not null,
  at timestamptz not null,
  country text,
  asn integer,
  local_hour smallint,
  succeeded boolean not null,
  source text not null default 'directory',
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index sign_ins_person on sign_ins (tenant_id, person_id, at desc);

-- keys of devices seen in possession-verified verifications (risk.md section 5.2)
create table devices (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  public_key jsonb not null,
  key_digest bytea not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  seen_count integer not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, person_id, key_digest),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index devices_key on devices (tenant_id, key_digest);

-- the demo directory (directory = 'builtin'): hash and a version that rises by one with each write
create table directory_accounts (
  tenant_id uuid not null references tenants,
  directory_id text not null,
  login text not null,
  password_hash text not null,
  version integer not null default 1,
  state text not null default 'active' check (state in ('active', 'locked', 'disabled')),
  failed_tries smallint not null default 0,
  locked_at timestamptz,
  must_change boolean not null default false,
  password_changed_at timestamptz not null default now(),
  sessions_ended_at timestamptz,
  last_operation_id uuid,
  primary key (tenant_id, directory_id),
  unique (tenant_id, login)
);
create table directory_password_history (
  tenant_id uuid not null,
  directory_id text not null,
  password_hash text not null,
  set_at timestamptz not null default now(),
  primary key (tenant_id, directory_id, set_at),
  foreign key (tenant_id, directory_id) references directory_accounts (tenant_id, directory_id)
);
`
