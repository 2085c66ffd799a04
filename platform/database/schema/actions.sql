-- From a decision to the directory: schedules, grants, actions, the intent of each write, and codes for a new factor.

-- Decisions that could not be acted on at once. The worker signs every column but the last two (F3, G8).
create table schedules (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  person_id uuid not null,
  purpose text not null,
  policy_version integer not null,
  approvers text[] not null,
  evidence_digest bytea not null,
  -- the portal session whose code it rests on; null: none was alive
  session_id uuid,
  scheduled_at timestamptz not null,
  wait_seconds integer not null check (wait_seconds >= 0),
  key_id text not null,
  signature bytea not null,
  primary key (tenant_id, verification_id)
);

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
  -- the portal session whose code it rests on; null: none was alive
  session_id uuid,
  -- grants that followed a wait: since when it ran, and when it was over
  scheduled_at timestamptz,
  not_before timestamptz,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  tries smallint not null default 0,
  spent_at timestamptz,
  voided_at timestamptz,
  void_reason text,
  primary key (tenant_id, id),
  constraint grants_waited check ((scheduled_at is null) = (not_before is null))
);
create index grants_person_live on grants (tenant_id, person_id) where spent_at is null and voided_at is null;
create unique index grants_verification_live on grants (tenant_id, verification_id) where spent_at is null and voided_at is null;

-- The child workflow's own row; lists join it.
create table actions (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  kind text not null check (kind in ('password_reset', 'account_unlock', 'mfa_reset')),
  person_id uuid not null,
  state text not null check (state in
    ('none', 'scheduled', 'awaiting_participant', 'granted', 'in_progress', 'completed', 'undone', 'failed', 'expired', 'unknown')),
  workflow_id text,
  grant_id uuid,
  operation_id uuid,
  reason text,
  tries smallint not null default 0,
  -- when the waiting time is over
  not_before timestamptz,
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
create index actions_open on actions (tenant_id, person_id)
  where state in ('scheduled', 'awaiting_participant', 'granted', 'in_progress');
create trigger raise_step after insert or update of state on actions
for each row when (new.state = 'completed') execute function raise_step('8');

-- Written before the directory is: what is about to be done, and on which authority (R4).
create table intents (
  tenant_id uuid not null references tenants,
  operation_id uuid not null,
  grant_id uuid,
  report_id uuid,
  verification_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('set_password', 'unlock', 'reset_mfa', 'lock_account')),
  attempt smallint not null,
  version_before text,
  version_after text,
  status text not null default 'intended' check (status in ('intended', 'done', 'not_done', 'refused', 'unknown')),
  refusal text,
  intended_at timestamptz not null default now(),
  acted_at timestamptz,
  resolved_at timestamptz,
  primary key (tenant_id, operation_id),
  unique (tenant_id, grant_id, attempt),
  -- A lock rests on a report, never on a grant; whatever else is written rests on a grant, never on a report.
  constraint intents_authority check ((kind = 'lock_account') = (report_id is not null)
    and (kind = 'lock_account') = (grant_id is null))
);
create unique index intents_report on intents (tenant_id, report_id, attempt) where report_id is not null;
create index intents_person_begun on intents (tenant_id, person_id, acted_at) where acted_at is not null;
-- Writes of a person that are on their way are looked at before each new one (N8).
create index intents_in_flight on intents (tenant_id, person_id) where status = 'intended' and acted_at is not null;

-- The one-time code that a directory issued after a reset of factors: sealed, shown once, in the portal session that asked for it.
create table enrolment_codes (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  portal_session_id uuid not null,
  -- null where the directory enrols at the next sign-in without one
  expires_at timestamptz,
  -- null once it was shown or its time is over
  code_sealed bytea,
  created_at timestamptz not null default now(),
  shown_at timestamptz,
  primary key (tenant_id, verification_id)
);
create index enrolment_codes_sealed on enrolment_codes (tenant_id, expires_at) where code_sealed is not null;
