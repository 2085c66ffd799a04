-- Verifications and everything that happens inside one. The worker writes the rows of the workflow, the API the input rows.

create table verifications (
  tenant_id uuid not null references tenants,
  id uuid not null,
  created_at timestamptz not null,
  purpose text not null,
  tier text not null,
  policy_version integer not null,
  person_id uuid not null,
  -- The directory's answer about the participant before an approval was judged (D2), shown to the approver.
  -- 'privileged': it says so now, whatever the person's row says. 'unread': it did not say in time, which counts as
  -- much. Null: nothing beyond the row.
  privilege_found text check (privilege_found in ('privileged', 'unread')),
  state text not null,
  outcome text,
  decision text,
  decided_by_kind text,
  decided_by_id text,
  decided_by_name text,
  decision_reason text,
  second_by uuid,
  -- The worker's signature of an approval (G8, T11): over who, for what, by whom, on which evidence, when. A grant is signed
  -- for nothing else, so a row that was set to approved by hand counts as not approved. Null: not approved.
  decision_key_id text,
  decision_signature bytea,
  -- The portal session whose code the decision rests on (F2); it is signed with the rest. Null: no session was alive, so that
  -- the participant has to come back before a grant.
  decision_session_id uuid,
  recommendation text check (recommendation in ('approve', 'hold', 'refuse')),
  recommendation_reasons text[] not null default '{}',
  -- the agent's next act: a message key of the console's copy
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
  -- The next columns lead the list to the rows behind every tile of the dashboard. Triggers keep them. They are in this row
  -- so that one look at it decides: a look into another table for each row passed would be four blocks instead of one. The
  -- furthest step of the funnel (domain/verification/funnel.ts), 1 (sent) to 8 (done); it never goes back. It is never 3, the
  -- page that was seen: a visit writes to no case (C4, C8), so the list looks for it among the visits.
  furthest_step smallint not null default 0 check (furthest_step in (0, 1, 2, 4, 5, 6, 7, 8)),
  -- codes of the checks that are the reasons of the newest score
  score_reasons text[] not null default '{}',
  -- as the table feedback has it
  feedback text check (feedback in ('easy', 'hard')),
  commented boolean not null default false,
  -- the newest label of a case that closed as failed says that the refusal was false
  overturned boolean not null default false,
  -- The indexes of the list hold all that is filtered by, as bits (facet_bit, reason_bits), and each sort's key. A key is
  -- never null, so that a page begins where the last one ended by one row comparison.
  facets bigint not null default 0,
  reason_bits bigint not null default 0,
  risk_key smallint not null default -1,
  completed_key timestamptz not null default '-infinity',
  outcome_key smallint not null default 0,
  outcome_key_agent smallint not null default 0,
  -- order key of the workflow's records
  run_id uuid not null,
  run_started_at timestamptz not null,
  seq integer not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id, created_at),
  check ((decision_key_id is null) = (decision_signature is null))
) partition by range (created_at);
create trigger keep_list_columns before insert or update on verifications
for each row execute function keep_list_columns();
create trigger keep_reasons after insert or update of score_reasons, scored_at on verifications
for each row when (cardinality(new.score_reasons) > 0) execute function keep_reasons();

-- The list of verifications (list_verifications): one index for each sort, which also holds all that is filtered by, so that a page
-- is found in the index alone.
create index verifications_list on verifications (tenant_id, created_at desc, id desc) include (facets, reason_bits, purpose);
create index verifications_completed on verifications (tenant_id, completed_key desc, created_at desc, id desc)
  include (facets, reason_bits, purpose);
create index verifications_risk on verifications (tenant_id, risk_key desc, created_at desc, id desc)
  include (facets, reason_bits, purpose);
create index verifications_outcome on verifications (tenant_id, outcome_key desc, created_at desc, id desc)
  include (facets, reason_bits, purpose);
-- An agent sees a report as failed, in the order too (B9).
create index verifications_outcome_agent on verifications (tenant_id, outcome_key_agent desc, created_at desc, id desc)
  include (facets, reason_bits, purpose);
create index verifications_purpose on verifications (tenant_id, purpose desc, created_at desc, id desc)
  include (facets, reason_bits);
-- Few rows for each value, or few at all: gathered and then sorted.
create index verifications_referrer on verifications (tenant_id, referrer_id, created_at desc, id desc)
  include (facets, reason_bits, purpose, risk_key, completed_key, outcome_key, outcome_key_agent);
create index verifications_marked on verifications (tenant_id, created_at desc, id desc)
  include (facets, reason_bits, purpose, risk_key, completed_key, outcome_key, outcome_key_agent) where commented or overturned;
create index verifications_open on verifications (tenant_id, created_at desc, id desc) where state <> 'closed';
create index verifications_person on verifications (tenant_id, person_id, created_at desc, id desc);
create index verifications_ticket on verifications (tenant_id, ticket collate "C", created_at desc, id desc);

-- The reasons once more, a row for each: no operator that looks into an array is leakproof, so under row-level security none is
-- an index condition, and a rare reason would be looked for in every row.
create table verification_reasons (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  -- verifications.created_at: names the partition
  started_at timestamptz not null,
  code text not null,
  primary key (tenant_id, verification_id, code)
);
create index verification_reasons_list on verification_reasons (tenant_id, code, started_at desc, verification_id desc);

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
  token_mark bytea not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  superseded_at timestamptz,
  voided_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, ordinal)
);
create index links_person_live on links (tenant_id, person_id) where used_at is null and superseded_at is null and voided_at is null;
-- whether a participant's link was used before they reported
create index links_person_used on links (tenant_id, person_id, used_at) where used_at is not null;

-- Visits of a link page before it is bound: telemetry, never evidence.
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
-- the index holds whether a page was seen; the visit itself is not read for it
create index link_visits_verification on link_visits (tenant_id, verification_id, kind, at);

-- Match code and second code: how often each was tried, and when it ends. The match code itself is derived, never stored (C2).
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

-- Wrong codes since the last right one, over all verifications of a participant (H4: 100 in a row are the end).
create table wrong_codes (
  tenant_id uuid not null,
  person_id uuid not null,
  in_a_row integer not null,
  last_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);

create table portal_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  link_id uuid not null,
  token_hash bytea not null unique,
  token_mark bytea not null default '',
  -- A point of P-256, uncompressed, base64url: the browser that typed the code made the key, and signs with it whatever it does
  -- afterwards (platform/crypto/device-proof.ts). The worker writes it as the session begins; no process changes it. Null: that
  -- browser could make no key.
  device_key text check (device_key ~ '^[A-Za-z0-9_-]{87}$'),
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
create index portal_sessions_key on portal_sessions (tenant_id, device_key) where device_key is not null;

-- Short-lived sealed values on their way to the worker: a typed code, a new password (M3).
create table sealed_inputs (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  kind text not null check (kind in ('match_code', 'second_code', 'passkey', 'provider_sign_in', 'push', 'recovery_code', 'password', 'approver_answer')),
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);

create table feedback (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  rating text not null check (rating in ('easy', 'hard')),
  comment_sealed bytea,
  at timestamptz not null default now(),
  primary key (tenant_id, verification_id)
);
create trigger keep_feedback after insert or update on feedback for each row execute function keep_feedback();

create table labels (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  label text not null check (label in ('genuine', 'suspicious', 'false_refusal', 'unsure')),
  reason text not null,
  basis text not null check (basis in ('review', 'outside', 'panel')),
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index labels_verification on labels (tenant_id, verification_id, at desc);
create trigger keep_overturned after insert on labels for each row execute function keep_overturned();

-- One row for each press of an ordinary control of the console, which can say "I am forced" when it is pressed several times
-- quickly. That is all a press ever writes.
create table case_copies (
  tenant_id uuid not null references tenants,
  id bigint generated always as identity,
  verification_id uuid not null,
  staff_id uuid not null,
  at timestamptz not null default clock_timestamp(),
  -- when the worker looked at it
  seen_at timestamptz,
  primary key (tenant_id, id)
);
create index case_copies_case on case_copies (tenant_id, verification_id, staff_id, at);
create index case_copies_unseen on case_copies (tenant_id) where seen_at is null;

-- Cases in which a member of staff gave the silent signal.
create table duress_marks (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  -- the person who pressed; they learn nothing of it and do not clear it
  staff_id uuid not null,
  staff_name text not null,
  at timestamptz not null,
  raised_at timestamptz not null default clock_timestamp(),
  cleared_at timestamptz,
  cleared_by uuid,
  cleared_by_name text,
  clear_reason text,
  primary key (tenant_id, id),
  check ((cleared_at is null) = (cleared_by is null)),
  check (cleared_by is distinct from staff_id or cleared_by is null)
);
create unique index duress_marks_open on duress_marks (tenant_id, verification_id) where cleared_at is null;
create index duress_marks_recent on duress_marks (tenant_id, at desc);

-- Views of the list that a member of staff keeps under a name.
create table saved_views (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  name text not null check (char_length(name) between 1 and 60),
  -- filters and sort by the names of the list's query, each as text
  query jsonb not null,
  -- null: whatever the reader's window shows
  columns text[],
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create unique index saved_views_name on saved_views (tenant_id, staff_id, lower(name));
