/** Approvals where two people are needed (security.md D1, D4, D5). */
export const approvals = `
-- Each is signed by the worker over who, what and until when: a row that was changed by hand counts for nothing (G8).
create table approvals (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  ordinal smallint not null check (ordinal in (1, 2)),
  -- of a second approval: the first that it completes
  first_id uuid,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null,
  -- SHA-256 of everything that was shown (D4)
  shown_hash bytea not null,
  approved_at timestamptz not null,
  expires_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  used_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('expired', 'changed', 'broken')),
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  foreign key (tenant_id, first_id) references approvals (tenant_id, id),
  check ((ordinal = 2) = (first_id is not null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index approvals_live on approvals (tenant_id, verification_id)
  where ordinal = 1 and used_at is null and ended_at is null;
create unique index approvals_second on approvals (tenant_id, verification_id) where ordinal = 2;
create index approvals_verification on approvals (tenant_id, verification_id, approved_at);
`
