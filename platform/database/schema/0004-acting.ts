/** Grants, actions and their intents, notices to contacts, reports of "this was not me". */
export const acting = `
create table grants (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  directory text not null,
  directory_id text not null,
  purpose text not null,
  policy_version integer not null,
  approvers text[] not null,
  evidence_digest bytea not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  tries smallint not null default 0,
  spent_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  primary key (tenant_id, id)
);
create index grants_person_live on grants (tenant_id, person_id) where spent_at is null and voided_at is null;
create unique index grants_verification_live on grants (tenant_id, verification_id) where spent_at is null and voided_at is null;

-- the child workflow's own row (architecture.md section 17); lists join it
create table actions (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  kind text not null check (kind in ('password_reset')),
  person_id uuid not null,
  state text not null check (state in ('none', 'granted', 'in_progress', 'completed', 'undone', 'failed', 'expired', 'unknown')),
  grant_id uuid,
  operation_id uuid,
  reason text,
  tries smallint not null default 0,
  granted_at timestamptz,
  completed_at timestamptz,
  expires_at timestamptz,
  sessions_ended text check (sessions_ended in ('done', 'not_offered', 'failed')),
  run_id uuid not null,
  run_started_at timestamptz not null,
  seq integer not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, verification_id)
);

-- written before the directory is: what is about to be done, under which grant (security.md R4)
create table intents (
  tenant_id uuid not null references tenants,
  operation_id uuid not null,
  grant_id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('set_password')),
  attempt smallint not null,
  version_before text,
  version_after text,
  status text not null default 'intended' check (status in ('intended', 'done', 'not_done', 'refused', 'unknown')),
  refusal text,
  intended_at timestamptz not null default now(),
  acted_at timestamptz,
  resolved_at timestamptz,
  primary key (tenant_id, operation_id),
  unique (tenant_id, grant_id, attempt)
);

-- notices to contacts, written with the state they tell of and sent by the worker's notice loop (B12)
create table notices (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('started', 'finished', 'refused', 'password_changed', 'frozen')),
  contact_id uuid not null,
  channel text not null,
  status text not null default 'waiting' check (status in ('waiting', 'begun', 'sent', 'refused', 'unknown')),
  tries smallint not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, kind, contact_id)
);
create index notices_waiting on notices (tenant_id, not_before) where status in ('waiting', 'begun');

-- "this was not me": single purpose, 72 hours, revokes only
create table report_links (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id)
);

create table reports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  source text not null check (source in ('portal', 'message')),
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index reports_person on reports (tenant_id, person_id, at desc);
`
