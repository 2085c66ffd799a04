/** Verifications and everything that happens inside one. Rows of the workflow are written by the worker, input rows by the API. */
export const verifications = `
create table verifications (
  tenant_id uuid not null references tenants,
  id uuid not null,
  created_at timestamptz not null,
  purpose text not null,
  tier text not null,
  policy_version integer not null,
  person_id uuid not null,
  state text not null,
  outcome text,
  decision text,
  decided_by_kind text,
  decided_by_id text,
  decided_by_name text,
  decision_reason text,
  second_by uuid,
  recommendation text check (recommendation in ('approve', 'hold', 'refuse')),
  recommendation_reasons text[] not null default '{}',
  -- what the agent is told to do next: a message key of the console's copy
  instruction text,
  referrer_kind text not null check (referrer_kind in ('agent', 'self_service', 'api_client')),
  referrer_id uuid,
  referrer_name text not null,
  channel text not null check (channel in ('sms', 'email')),
  contact_id uuid not null,
  contact_masked text not null,
  ticket text,
  -- risk in tenths (numeric comparisons are not leakproof under row-level security)
  risk_tenths smallint,
  decide_tenths smallint,
  band text,
  link_ordinal smallint not null default 0,
  code_tries smallint not null default 0,
  answered smallint not null default 0,
  correct smallint not null default 0,
  sent_at timestamptz,
  opened_at timestamptz,
  answers_completed_at timestamptz,
  scored_at timestamptz,
  decided_at timestamptz,
  closed_at timestamptz,
  expires_at timestamptz not null,
  -- order key of the workflow's records (temporal.md section 9.2)
  run_id uuid not null,
  run_started_at timestamptz not null,
  seq integer not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id, created_at)
) partition by range (created_at);
create index verifications_list on verifications (tenant_id, created_at desc, id desc);
create index verifications_outcome on verifications (tenant_id, outcome, created_at desc, id desc);
create index verifications_state on verifications (tenant_id, state, created_at desc, id desc);
create index verifications_purpose on verifications (tenant_id, purpose, created_at desc, id desc);
create index verifications_channel on verifications (tenant_id, channel, created_at desc, id desc);
create index verifications_referrer on verifications (tenant_id, referrer_id, created_at desc, id desc);
create index verifications_referrer_outcome on verifications (tenant_id, referrer_id, outcome, created_at desc, id desc);
create index verifications_risk on verifications (tenant_id, risk_tenths, created_at desc, id desc);
create index verifications_person on verifications (tenant_id, person_id, created_at desc, id desc);
create index verifications_ticket on verifications (tenant_id, ticket collate "C", created_at desc, id desc);
create index verifications_open on verifications (tenant_id, created_at desc, id desc) where state <> 'closed';

create table links (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  purpose text not null,
  policy_version integer not null,
  ordinal smallint not null,
  channel text not null,
  contact_id uuid not null,
  contact_value_index bytea not null,
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  superseded_at timestamptz,
  voided_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, ordinal)
);
create index links_person_live on links (tenant_id, person_id) where used_at is null and superseded_at is null and voided_at is null;

-- one row per message begun towards a provider, written before the provider is called (security.md R2)
create table deliveries (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('link', 'second_code', 'notice')),
  ordinal smallint not null,
  channel text not null,
  contact_id uuid not null,
  contact_masked text not null,
  number_index bytea,
  prefix_index bytea,
  status text not null check (status in ('begun', 'accepted', 'refused', 'unknown', 'delivered', 'undelivered')),
  provider_id text,
  error_code text,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  reported_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, kind, ordinal)
);
create index deliveries_person on deliveries (tenant_id, person_id, begun_at desc);
create index deliveries_number on deliveries (tenant_id, number_index, begun_at desc);
create index deliveries_prefix on deliveries (tenant_id, prefix_index, begun_at desc);
create unique index deliveries_provider on deliveries (provider_id) where provider_id is not null;

-- visits of a link page before it is bound: telemetry, never evidence
create table link_visits (
  tenant_id uuid not null references tenants,
  id bigint generated always as identity,
  verification_id uuid not null,
  link_id uuid not null,
  kind text not null check (kind in ('page_seen', 'scanner_like', 'dead_link', 'decline_tried')),
  user_agent_family text,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index link_visits_verification on link_visits (tenant_id, verification_id, at);

-- match code and second code: how often tried, when dead. The match code itself is derived, never stored (C2)
create table code_challenges (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  kind text not null check (kind in ('match', 'second')),
  ordinal smallint not null,
  person_id uuid not null,
  contact_id uuid,
  code_hash bytea,
  tries smallint not null default 0,
  max_tries smallint not null default 5,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  primary key (tenant_id, verification_id, kind, ordinal)
);
create index code_challenges_person on code_challenges (tenant_id, person_id, created_at desc);

create table portal_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  link_id uuid not null,
  token_hash bytea not null unique,
  probe_nonce text not null,
  language text not null default 'en',
  started_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  absolute_expires_at timestamptz not null,
  ended_at timestamptz,
  end_reason text,
  primary key (tenant_id, id)
);
create index portal_sessions_verification on portal_sessions (tenant_id, verification_id);

-- short-lived sealed values on their way to the worker: a typed match code, a new password (M3)
create table sealed_inputs (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  kind text not null check (kind in ('match_code', 'password')),
  sealed bytea not null,
  -- for a match code: the portal session that is to begin if it is right
  session_token_hash bytea,
  session_language text,
  link_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

-- what the portal must do after the match code; fixed before the first question is shown
create table plans (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  route text not null check (route in ('questions', 'second_contact', 'none')),
  plan_sealed bytea not null,
  question_count smallint not null,
  current_position smallint not null default 0,
  shown_at timestamptz,
  deadline_at timestamptz,
  extensions smallint not null default 0,
  gate text check (gate in ('open', 'closed')),
  completed_at timestamptz,
  completed_reason text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, verification_id)
);

create table answers (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  position smallint not null,
  created_at timestamptz not null default now(),
  family text not null,
  form text not null,
  exposure text not null,
  points_row text not null,
  reply_sealed bytea,
  verdict text not null check (verdict in ('correct', 'partial', 'incorrect', 'invalid', 'skipped')),
  timed_out boolean not null default false,
  seconds_tenths integer not null,
  extensions smallint not null default 0,
  input_summary jsonb not null default '{}',
  primary key (tenant_id, verification_id, position, created_at)
) partition by range (created_at);

-- what the browser and the network layer reported; raw values sealed, kept 30 days
create table probe_facts (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  portal_session_id uuid,
  kind text not null check (kind in ('collector', 'request')),
  step text not null,
  report_sealed bytea not null,
  nonce_ok boolean,
  received_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index probe_facts_verification on probe_facts (tenant_id, verification_id, received_at);

-- checks and score as computed; evidence values sealed
create table scorings (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  ordinal smallint not null,
  policy_version integer not null,
  results jsonb not null,
  evidence_sealed bytea not null,
  score jsonb not null,
  decision jsonb not null,
  versions jsonb not null,
  evidence_digest bytea not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, verification_id, ordinal)
);

create table feedback (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  rating text not null check (rating in ('easy', 'hard')),
  comment_sealed bytea,
  at timestamptz not null default now(),
  primary key (tenant_id, verification_id)
);

create table labels (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  label text not null check (label in ('genuine', 'suspicious', 'false_refusal', 'unsure')),
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index labels_verification on labels (tenant_id, verification_id, at desc);
`
