-- People, and what directories and other sources say of them.

create table people (
  tenant_id uuid not null references tenants,
  id uuid not null,
  directory text not null default 'builtin',
  directory_id text not null,
  -- what other entries of the directory call this one (a DN): it changes with renames, and managers are named by it there
  directory_handle text,
  login text not null,
  -- null, never empty, where there is none
  work_email text check (work_email <> ''),
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
  manager_handle text,
  hired_on date,
  tier text not null default 'standard' check (tier in ('standard', 'privileged')),
  -- whether the directory made the person privileged: only then does the directory take it back
  is_tier_from_directory boolean not null default false,
  account_state text not null default 'active' check (account_state in ('active', 'locked', 'disabled', 'deleted', 'not_started')),
  -- follows protected_accounts, by a trigger
  never_via_help_desk boolean not null default false,
  -- The identity provider's immutable id of a person ("sub"); with the tenant's issuer it says whose sign-in it is (F7). The
  -- directory's adapter keeps it; it is never taken from an address.
  sign_in_subject text check (sign_in_subject <> ''),
  password_changed_at timestamptz,
  mfa_changed_at timestamptz,
  -- random per participant; analytics know only this (E8)
  pseudonym uuid not null default gen_random_uuid(),
  blocked_until timestamptz,
  refreshed_at timestamptz not null default now(),
  -- A search looks through one column, so that one trigram index serves it. The text is folded as people type it whose
  -- keyboard lacks its letters: no marks, no capitals, no apostrophes, so that "nunez dolores" is Dolores Núñez and "oneil"
  -- is O'Neil. Hangul comes apart on both sides alike. people_matching folds what is typed by the same expression.
  search_text text not null generated always as
    (replace(lower(translate(regexp_replace(normalize(
      display_name || ' ' || coalesce(romanised_name, '') || ' ' || coalesce(work_email, '') || ' ' || login,
      NFD), '[\u0300-\u036f]', '', 'g'), 'ØøŁłĐđıẞ''’‘ʼ`´', 'oollddiß')), 'ß', 'ss')) stored,
  primary key (tenant_id, id),
  unique (tenant_id, directory, directory_id),
  unique (tenant_id, login)
);
create index people_manager on people (tenant_id, manager_id);
create index people_unmanaged on people (tenant_id, directory) where manager_id is null and manager_handle is not null;
create index people_handle on people (tenant_id, directory, lower(directory_handle)) where directory_handle is not null;
create index people_work_email on people (tenant_id, lower(work_email) collate "C");
create index people_search on people using gin (tenant_id, search_text gin_trgm_ops);
create unique index people_sign_in_subject on people (tenant_id, sign_in_subject) where sign_in_subject is not null;
-- for resolve_participant, which knows no tenant yet
create index people_typed_login on people (lower(login));
create index people_typed_email on people (lower(work_email));

-- Contacts on file.
create table contacts (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  label text not null check (label in ('work', 'mobile', 'private', 'home')),
  -- AES-256-GCM (E1)
  value_sealed bytea not null,
  -- keyed HMAC (E3)
  value_index bytea not null,
  -- what screens show
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

-- Contacts whose value does not open, once a day for each: changed or moved in the database, or their key is gone.
create table unreadable_contacts (
  tenant_id uuid not null references tenants,
  contact_id uuid not null,
  -- the contact's owner when it was found
  person_id uuid not null,
  contact_masked text not null,
  found_on date not null default (now() at time zone 'utc')::date,
  found_at timestamptz not null default now(),
  -- when the admins got their mail
  announced_at timestamptz,
  primary key (tenant_id, contact_id, found_on),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index unreadable_contacts_found on unreadable_contacts (tenant_id, found_at desc);
create index unreadable_contacts_person on unreadable_contacts (tenant_id, person_id);
create index unreadable_contacts_waiting on unreadable_contacts (tenant_id, found_at) where announced_at is null;

-- Facts that questions are made of; one row for each fact that is true now (or was, with valid_to).
create table facts (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  family text not null,
  source text not null,
  -- the import that said it last; null: the directory's own, or the demo's
  import_id uuid,
  value text not null,
  valid_from timestamptz,
  valid_to timestamptz,
  read_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index facts_person on facts (tenant_id, person_id, family);
create index facts_family on facts (tenant_id, family, value);
create index facts_past on facts (tenant_id, family, valid_to) where valid_to is not null;
create index facts_source on facts (tenant_id, source, read_at) where valid_to is null;

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
  -- how a sign-in was made, where the source says so; null: it does not
  interactive boolean,
  fresh_factor boolean,
  device_os text check (device_os in ('windows', 'macos', 'ios', 'android', 'linux', 'chromeos')),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index sign_ins_person on sign_ins (tenant_id, person_id, at desc);
create index sign_ins_place on sign_ins (tenant_id, asn, country, at desc) where succeeded;

-- The networks from which a person signs in, added up from the log of their directory. No address is kept, and no time of one
-- sign-in: only days, by UTC.
create table sign_in_networks (
  tenant_id uuid not null,
  person_id uuid not null,
  asn bigint not null,
  country text check (country ~ '^[A-Z]{2}$'),
  first_on date not null,
  last_on date not null,
  times integer not null check (times > 0),
  unique nulls not distinct (tenant_id, person_id, asn, country),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index sign_in_networks_last on sign_in_networks (tenant_id, last_on);

-- The facts that a sync learns of a person beside their entry. Where a whole tenant has no row, no such source is
-- connected.
create table identity_risks (
  tenant_id uuid not null,
  person_id uuid not null,
  level text not null check (level in ('none', 'low', 'medium', 'high', 'confirmed_compromised', 'confirmed_safe')),
  detections text[] not null default '{}',
  source text not null,
  at timestamptz not null,
  read_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create table calendars (
  tenant_id uuid not null,
  person_id uuid not null,
  -- the all-day absence that holds now or came last
  leave_from timestamptz,
  leave_until timestamptz,
  -- the meeting that the person joined
  meeting_from timestamptz,
  meeting_until timestamptz,
  travel_countries text[] not null default '{}',
  travel_until timestamptz,
  source text not null,
  read_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);

-- The progress of the reading of each directory.
create table directory_syncs (
  tenant_id uuid not null references tenants,
  directory text not null,
  -- the place where the next reading begins, as the adapter writes it
  cursor text,
  -- a run that came to its end; everybody was read, or only what changed
  synced_at timestamptz,
  read_whole_at timestamptz,
  -- when it was last asked who is privileged
  tiers_read_at timestamptz,
  tried_at timestamptz not null default now(),
  -- why the last run did not come to its end: a word of ours
  problem text,
  people integer not null default 0,
  -- A directory that suddenly shows far fewer people is believed only after an operator accepts it: what a sync would have
  -- taken away when it was stopped, and what an operator accepted of that, once.
  held_people integer,
  held_contacts integer,
  held_since timestamptz,
  accepted_people integer,
  accepted_contacts integer,
  -- what a directory can do beside a new password; null: the worker has not said yet
  offers text[],
  -- the log of sign-ins: everything before is counted; when it was last asked, why that came to no end, and how many counted
  log_until timestamptz,
  log_read_at timestamptz,
  log_problem text,
  log_sign_ins bigint not null default 0,
  primary key (tenant_id, directory)
);

-- The demo directory (people.directory = 'builtin'). The version rises by one with each write.
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
  -- the one-time code that lets a new second factor be enrolled
  enrolment_hash text,
  enrolment_expires_at timestamptz,
  primary key (tenant_id, directory_id),
  unique (tenant_id, login),
  constraint directory_accounts_enrolment check ((enrolment_hash is null) = (enrolment_expires_at is null))
);
create table directory_password_history (
  tenant_id uuid not null,
  directory_id text not null,
  password_hash text not null,
  set_at timestamptz not null default now(),
  primary key (tenant_id, directory_id, set_at),
  foreign key (tenant_id, directory_id) references directory_accounts (tenant_id, directory_id)
);
-- Second factors, sealed to the demo directory's own sign-in page.
create table directory_factors (
  tenant_id uuid not null references tenants,
  directory_id text not null,
  secret_sealed bytea not null,
  enrolled_at timestamptz not null default now(),
  -- RFC 6238 section 5.2: a time step is accepted once
  last_step bigint not null default 0,
  primary key (tenant_id, directory_id)
);
