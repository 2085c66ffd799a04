-- Printed recovery sheets: ten codes on paper, each of which is proof in one case, once.

-- A sheet as its owner's browser was shown it. It counts once they said that they printed it, after the time that the policy
-- lets it rest, and until it is voided or somebody says "this was not me" (services/recovery-sheets).
create table recovery_sheets (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  -- the case at whose end it was made, and the session whose browser was shown the codes
  verification_id uuid not null,
  portal_session_id uuid not null,
  -- by this clock alone: it rests from here or from `activated_at`, whichever is later
  made_at timestamptz not null default now(),
  activated_at timestamptz,
  voided_at timestamptz,
  -- id of the member of staff; null where a newer sheet took its place
  voided_by uuid,
  void_reason text check (length(void_reason) between 1 and 500),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  check ((voided_at is null) = (void_reason is null))
);
-- A person has one sheet at most.
create unique index recovery_sheets_live on recovery_sheets (tenant_id, person_id)
  where activated_at is not null and voided_at is null;

-- Keyed digests, bound to person and sheet: no code is kept.
create table recovery_codes (
  tenant_id uuid not null references tenants,
  sheet_id uuid not null,
  person_id uuid not null,
  ordinal smallint not null check (ordinal between 1 and 10),
  digest bytea not null,
  used_at timestamptz,
  -- the case that it was proof in
  used_in uuid,
  primary key (tenant_id, sheet_id, ordinal),
  unique (tenant_id, sheet_id, digest),
  foreign key (tenant_id, sheet_id) references recovery_sheets (tenant_id, id),
  check ((used_at is null) = (used_in is null))
);

-- A case whose participant is asked for a code, and the answer. It is asked of everybody, whether they have a sheet or not.
create table recovery_code_requests (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  person_id uuid not null,
  asked_at timestamptz not null default now(),
  -- wrong codes, and when the newest of them came
  tries smallint not null default 0,
  tried_at timestamptz,
  proven_at timestamptz,
  sheet_id uuid,
  given_up_at timestamptz,
  primary key (tenant_id, verification_id),
  check ((proven_at is null) = (sheet_id is null))
);
create index recovery_code_requests_person on recovery_code_requests (tenant_id, person_id, asked_at desc);
