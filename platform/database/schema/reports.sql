-- Reports of "this was not me", and what follows from them.

-- A link to report with: single purpose, 72 hours, it revokes only.
create table report_links (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  -- or the enrolment of its notice
  verification_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  token_mark bytea not null default '',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (tenant_id, id)
);

create table reports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  -- or the enrolment
  verification_id uuid not null,
  person_id uuid not null,
  source text not null check (source in ('portal', 'message')),
  at timestamptz not null default now(),
  -- a freeze that ended before its time, by a supervisor who had no part in what was reported (B9, H6)
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  lift_reason text,
  primary key (tenant_id, id)
);
create index reports_person on reports (tenant_id, person_id, at desc);
create index reports_verification on reports (tenant_id, verification_id);
create index reports_recent on reports (tenant_id, at desc);

-- A report may lock the account as well (B13). The lock is asked for in the transaction of the report and done by the worker: one
-- row for each report whose policy says so.
create table account_locks (
  tenant_id uuid not null references tenants,
  report_id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  state text not null default 'requested' check (state in ('requested', 'in_progress', 'completed', 'failed')),
  attempt smallint not null default 0,
  operation_id uuid,
  reason text,
  requested_at timestamptz not null default now(),
  recorded_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (tenant_id, report_id),
  foreign key (tenant_id, report_id) references reports (tenant_id, id),
  check ((state = 'in_progress') <= (operation_id is not null))
);
create index account_locks_open on account_locks (tenant_id, recorded_at) where state in ('requested', 'in_progress');
