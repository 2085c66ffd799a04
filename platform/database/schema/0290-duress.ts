/** An ordinary control of the console that can say "I am forced" when it is pressed several times quickly. */
export const duress = `
-- one row for each press; that is all a press ever writes
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

create table duress_marks (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  verification_id uuid not null,
  -- who pressed; they are neither told nor do they clear it
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
create unique index duress_marks_standing on duress_marks (tenant_id, verification_id) where cleared_at is null;
create index duress_marks_recent on duress_marks (tenant_id, at desc);
`
