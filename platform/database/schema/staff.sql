-- Staff, their sessions, what they did, and what those who watch over them see.

create table staff (
  tenant_id uuid not null references tenants,
  id uuid not null,
  issuer text not null,
  subject text not null,
  email text not null,
  -- the mail address that the identity provider verified at the last sign-in; null where it said nothing of it
  verified_email text,
  display_name text not null,
  role text not null check (role in ('agent', 'supervisor', 'admin', 'auditor')),
  person_id uuid,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (issuer, subject)
);

-- A sign-in on its way: state, nonce and PKCE verifier, single use, ten minutes. It begins before its tenant is known.
create table sign_in_transactions (
  state_hash bytea primary key,
  cookie_hash bytea not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null,
  -- the request of an approver who signs in; null for staff
  approver_tenant_id uuid,
  approver_request_id uuid,
  -- the portal session of a participant who signs in; null for staff and approvers
  participant_tenant_id uuid,
  participant_session_id uuid,
  -- a person who wants to set up a passkey: whose, and in which organisation, only the provider says
  is_enrolment boolean not null default false,
  check ((approver_tenant_id is null) = (approver_request_id is null)),
  check ((participant_tenant_id is null) = (participant_session_id is null)),
  check (approver_request_id is null or participant_session_id is null),
  check (not is_enrolment or (approver_request_id is null and participant_session_id is null))
);

create table staff_sessions (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  token_hash bytea not null unique,
  token_mark bytea not null default '',
  csrf_hash bytea not null,
  amr text[] not null default '{}',
  -- when the identity provider saw the person, by its own claim, and only where it was asked to check again
  authenticated_at timestamptz,
  -- when a passkey confirmed it
  stepped_up_at timestamptz,
  -- Country of the address of the sign-in, by the offline network data; never the address itself. The page behind a link
  -- names it where the directory knows no office (B8).
  country text check (country ~ '^[A-Z]{2}$'),
  -- keyed digests of the browser and network that signed in (F4): a thief who has only the cookie is noticed
  browser_digest bytea,
  network_digest bytea,
  -- the newest other browser and network that raised an alarm
  moved_to bytea,
  started_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  absolute_expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_sessions_staff on staff_sessions (tenant_id, staff_id) where ended_at is null;
create index staff_sessions_started on staff_sessions (tenant_id, staff_id, started_at desc);

-- A session is good for the role and the identity that signed in: with either, or with the account, it ends for good, and an
-- account that is enabled again begins with none (F2, F4).
create trigger staff_sessions_end after update of role, disabled_at, issuer, subject on staff for each row
when (old.role is distinct from new.role or old.issuer is distinct from new.issuer or old.subject is distinct from new.subject
  or (old.disabled_at is null and new.disabled_at is not null))
execute function end_staff_sessions();

-- Sessions that were used where browser and network are others than at the sign-in (F4).
create table moved_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  staff_name text not null,
  -- under elevated threat, so that the member of staff has to sign in again
  is_ended boolean not null,
  moved_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index moved_sessions_at on moved_sessions (tenant_id, moved_at desc);
create index moved_sessions_member on moved_sessions (tenant_id, staff_id, moved_at desc);

-- Messages to workflows that named a person and did not come from the API.
create table impersonations (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  -- as the message said; nobody vouches for either, so neither has a foreign key
  by_id text not null check (length(by_id) <= 100),
  verification_id uuid not null,
  act text not null,
  -- the member of staff who was named; empty where there is none
  staff_name text not null,
  raised_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index impersonations_raised on impersonations (tenant_id, raised_at desc);

-- The counts of acts by a member of staff, by window (D8).
create table staff_counters (
  tenant_id uuid not null references tenants,
  staff_id uuid not null,
  kind text not null,
  subject text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, staff_id, kind, subject, at)
);
create index staff_counters_window on staff_counters (tenant_id, staff_id, kind, at desc);
-- Starts of the last seconds, over all staff: two agents cannot open a case for one person at the same time.
create index staff_counters_recent on staff_counters (tenant_id, kind, at desc);

-- Limits that a member of staff or an API client reached (D8): once an hour for each and each kind, however often they try on.
create table staff_alarms (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid,
  client_id uuid,
  staff_name text not null,
  kind text not null check (kind in ('look_up', 'search', 'start', 'reveal')),
  raised_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  constraint staff_alarms_client_id_fkey foreign key (tenant_id, client_id) references api_clients (tenant_id, id),
  constraint staff_alarms_whose check ((staff_id is null) <> (client_id is null))
);
create index staff_alarms_member on staff_alarms (tenant_id, staff_id, kind, raised_at desc);
create index staff_alarms_client on staff_alarms (tenant_id, client_id, kind, raised_at desc) where client_id is not null;
create index staff_alarms_raised on staff_alarms (tenant_id, raised_at desc);

-- Contacts that were shown in full (D10).
create table contact_reveals (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  contact_id uuid not null,
  contact_masked text not null,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null check (reason <> ''),
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index contact_reveals_at on contact_reveals (tenant_id, at desc);
create index contact_reveals_person on contact_reveals (tenant_id, person_id);

-- E-mails to members of staff: to admins about changes that weaken, to anybody about their own account. Each is written in
-- the transaction of its event.
create table staff_notices (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  -- the code's type lists the kinds; a list here would have to be written anew with each
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
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
