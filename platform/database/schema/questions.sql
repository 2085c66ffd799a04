-- Questions: the lists that options are taken from, what was shown to whom, the plan of a verification and its answers.

-- Blocks of option values, immutable once shown. Fixed lists, such as quarters, have a name and no row here.
create table question_blocks (
  tenant_id uuid not null references tenants,
  id text not null,
  family text not null,
  epoch text not null,
  values_sealed bytea not null,
  valid_from timestamptz not null default now(),
  retired_at timestamptz,
  primary key (tenant_id, id)
);
create index question_blocks_family on question_blocks (tenant_id, family, retired_at);

-- One row for each family and calendar quarter: written with the lists it published and retired, so it is done once.
create table question_epochs (
  tenant_id uuid not null references tenants,
  family text not null,
  epoch text not null check (epoch ~ '^[0-9]{4}-Q[1-4]$'),
  published integer not null,
  retired integer not null,
  waiting integer not null,
  primary key (tenant_id, family, epoch)
);

-- The lists that were shown, and to whom.
create table disclosures (
  tenant_id uuid not null references tenants,
  id bigint generated always as identity,
  verification_id uuid not null,
  participant_pseudonym uuid not null,
  family text not null,
  -- this participant's fact: "not the same one again"
  fact_digest bytea not null,
  -- the true value, alike for everybody who shares it: "one fact, one list"
  value_digest bytea,
  block_id text,
  epoch text not null,
  value_count smallint not null,
  agent_id uuid,
  channel text not null,
  shown_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index disclosures_participant on disclosures (tenant_id, participant_pseudonym, shown_at desc);
create index disclosures_verification on disclosures (tenant_id, verification_id);
create index disclosures_value on disclosures (tenant_id, shown_at) where value_digest is not null;
-- "One fact, one list" is asked for the few values of one participant, not for everything that was shown to anybody in half a
-- year: with a hundred verifications a day that was most of what a plan costs.
create index disclosures_of_value on disclosures (tenant_id, value_digest, shown_at) where value_digest is not null;
create index disclosures_agent on disclosures (tenant_id, agent_id, shown_at) where block_id is not null;

-- So many lists of one family were shown to cases that did not pass that an attacker may be gathering them.
create table harvest_alarms (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  family text not null,
  -- of the alarm, UTC
  day date not null,
  -- network that the cases came from; null: over all networks
  asn bigint,
  cases integer not null,
  lists integer not null,
  lists_in_force integer not null,
  usual_cases double precision not null,
  raised_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique nulls not distinct (tenant_id, family, day, asn)
);
create index harvest_alarms_raised on harvest_alarms (tenant_id, raised_at desc);

-- The portal's plan after the match code; fixed before the first question is shown.
create table plans (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  route text not null check (route in ('questions', 'second_contact', 'passkey', 'provider_sign_in', 'push', 'recovery_sheet', 'approver', 'none')),
  plan_sealed bytea not null,
  question_count smallint not null,
  -- Positions whose fact changed between the plan and the showing: never shown, the spare takes the first one's place.
  dropped_positions smallint[] not null default '{}',
  current_position smallint not null default 0,
  shown_at timestamptz,
  deadline_at timestamptz,
  extensions smallint not null default 0,
  gate text check (gate in ('open', 'closed')),
  -- The reason why a code to another contact may not be sent now; null: none was refused, or the newest was sent.
  code_refusal text,
  -- when a limit lets the next one through; null: no waiting helps
  code_next_at timestamptz,
  -- what the case can ask for in its place
  code_other_way text check (code_other_way in ('passkey', 'provider_sign_in', 'push', 'recovery_sheet', 'approver', 'agent')),
  -- how often the participant asked for it again, and the newest input with which they did
  code_asks smallint not null default 0,
  code_ask_id uuid,
  -- the contact that the newest of these inputs named, and those that a code may go to, first come first
  code_contact_id uuid,
  code_choices uuid[] not null default '{}',
  code_given_up_at timestamptz,
  completed_at timestamptz,
  completed_reason text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, verification_id)
);
create trigger raise_step after update of completed_at on plans
for each row when (new.completed_at is not null) execute function raise_step('5');

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
