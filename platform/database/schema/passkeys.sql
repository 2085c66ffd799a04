-- Passkeys: those of participants, which are evidence in later cases, and those of staff, which confirm what they do (F6).

-- A participant's passkey, enrolled at the end of a case that passed, or in an enrolment. Credential id, public key and transports are sealed to the
-- person's row (E1), so that none can be moved to another person; it is found again by a keyed digest (E3). Whether it counts
-- follows from this row, its age by this clock and the reports on its case or enrolment (services/passkeys).
create table passkeys (
  tenant_id uuid not null references tenants,
  id uuid not null,
  person_id uuid not null,
  -- the case at whose end it was enrolled, or the enrolment
  verification_id uuid not null,
  credential_index bytea not null,
  credential_sealed bytea not null,
  name text not null check (length(name) between 1 and 60),
  sign_count bigint not null default 0,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  removed_at timestamptz,
  -- id of the member of staff; null where the signature counter said that the key was copied
  removed_by uuid,
  remove_reason text,
  primary key (tenant_id, id),
  unique (tenant_id, credential_index),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index passkeys_person on passkeys (tenant_id, person_id) where removed_at is null;

-- One open challenge of a kind for a session, as a hash; deleting it uses it. The newest replaces the older.
create table passkey_challenges (
  tenant_id uuid not null references tenants,
  session_id uuid not null,
  kind text not null check (kind in ('enrol', 'prove', 'staff_enrol', 'step_up')),
  challenge_hash bytea not null,
  expires_at timestamptz not null,
  primary key (tenant_id, session_id, kind)
);
create index passkey_challenges_expired on passkey_challenges (tenant_id, expires_at);

-- An enrolment: a person signed in at the organisation's identity provider, on the page for passkeys, while nothing was wrong.
-- For ten minutes they may set up one passkey with it, and nothing else. Its notice, and a report by it, name the enrolment
-- where others name a case, so the row stays as long as they do.
create table enrolments (
  tenant_id uuid not null references tenants,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  token_mark bytea not null,
  -- people.sign_in_subject at that moment: the session is void once the person has another account
  sign_in_subject text not null,
  methods text[] not null default '{}',
  strength text not null check (strength in ('strong', 'phishing_resistant')),
  -- the policy by which the person may say "this was not me"
  policy_version integer not null,
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- a passkey was set up, or the person left
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index enrolments_person on enrolments (tenant_id, person_id, started_at desc);

-- A case whose participant is asked for a passkey, and the answer.
create table passkey_requests (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  asked_at timestamptz not null default now(),
  tries smallint not null default 0,
  proven_at timestamptz,
  passkey_id uuid,
  given_up_at timestamptz,
  primary key (tenant_id, verification_id),
  check ((proven_at is null) = (passkey_id is null))
);
create index passkey_requests_passkey on passkey_requests (tenant_id, passkey_id) where passkey_id is not null;

-- A passkey that was removed stays as a row: a member of staff who once had one is always asked for one, so that taking it
-- away opens nothing.
create table staff_passkeys (
  tenant_id uuid not null references tenants,
  id uuid not null,
  staff_id uuid not null,
  credential_index bytea not null,
  credential_sealed bytea not null,
  name text not null check (length(name) between 1 and 60),
  sign_count bigint not null default 0,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  removed_at timestamptz,
  remove_reason text check (remove_reason in ('own', 'counter_went_back')),
  primary key (tenant_id, id),
  unique (tenant_id, credential_index),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_passkeys_owner on staff_passkeys (tenant_id, staff_id);
