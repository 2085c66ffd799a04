/** How policies change: who saved what on whose word, changes that wait for a second admin, and the elevated threat. */
export const policyChanges = `
-- A version takes effect when its time has come (security.md D13); the newest such one is the current policy.
alter table policies
  add column effective_at timestamptz not null default now(),
  add column base_version integer,
  add column saved_by_name text,
  add column reason text,
  add column accepted_by uuid,
  add column accepted_by_name text;
update policies set effective_at = saved_at;

-- a change that weakens waits here for a second admin (D13); open until decided or past expires_at
create table policy_proposals (
  tenant_id uuid not null references tenants,
  id uuid not null,
  base_version integer not null,
  document jsonb not null,
  reason text not null,
  -- the weakened fields, as computed when proposed (D14)
  weakened text[] not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'withdrawn')),
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  decision_reason text,
  saved_version integer,
  primary key (tenant_id, id),
  check (state <> 'accepted' or (decided_by is not null and decided_by <> proposed_by and saved_version is not null))
);
create index policy_proposals_newest on policy_proposals (tenant_id, proposed_at desc, id desc);
create index policy_proposals_open on policy_proposals (tenant_id, expires_at) where state = 'open';

-- one person turns it on, two together turn it off (B16); the one that is on has no lowered_at
create table elevated_threats (
  tenant_id uuid not null references tenants,
  id uuid not null,
  reason text not null,
  raised_by uuid not null,
  raised_by_name text not null,
  raised_at timestamptz not null default now(),
  lowering_asked_by uuid,
  lowering_asked_by_name text,
  lowering_asked_at timestamptz,
  lowered_by uuid,
  lowered_by_name text,
  lowered_at timestamptz,
  primary key (tenant_id, id),
  check (lowered_at is null or (lowered_by is not null and lowering_asked_by is not null and lowered_by <> lowering_asked_by))
);
create unique index elevated_threats_on on elevated_threats (tenant_id) where lowered_at is null;
`
