-- The history of policies: who saved what with whose approval, changes that wait for a second admin, and the elevated
-- threat.

-- Every save is a new, immutable version.
create table policies (
  tenant_id uuid not null references tenants,
  version integer not null,
  document jsonb not null,
  base_version integer,
  saved_by text not null,
  saved_by_name text,
  reason text,
  saved_at timestamptz not null default now(),
  accepted_by uuid,
  accepted_by_name text,
  -- A version takes effect when its time has come (D13); the newest such one is the current policy.
  effective_at timestamptz not null default now(),
  -- A version that ends one which waits holds what was in force (called off), or what waits, at once (hastened).
  ends_version integer,
  ended_as text check (ended_as in ('called_off', 'hastened')),
  confirmed_by uuid,
  confirmed_by_name text,
  primary key (tenant_id, version),
  constraint policies_ended check ((ends_version is null) = (ended_as is null)),
  -- an emergency takes three different people
  constraint policies_hastened check (ended_as is distinct from 'hastened' or (confirmed_by is not null
    and accepted_by is not null and confirmed_by <> accepted_by and confirmed_by::text <> saved_by
    and accepted_by::text <> saved_by))
);

-- A change that weakens waits here for a second admin (D13); it is open until it is decided or past expires_at.
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

-- One row for each version whose taking effect was announced, so that it is announced once.
create table policy_effects (
  tenant_id uuid not null references tenants,
  version integer not null,
  at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- One person turns it on, two together turn it off (B16); while it is on, its row has no lowered_at.
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
