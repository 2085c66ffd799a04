/** Decisions that could not be acted on at once, as the worker signed them, and grants that say what was waited for. */
export const schedules = `
-- Signed over every column but the last two: a row that was changed by hand counts for nothing (security.md F3, G8).
create table schedules (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  person_id uuid not null,
  purpose text not null,
  policy_version integer not null,
  approvers text[] not null,
  evidence_digest bytea not null,
  scheduled_at timestamptz not null,
  wait_seconds integer not null check (wait_seconds >= 0),
  key_id text not null,
  signature bytea not null,
  primary key (tenant_id, verification_id)
);
-- of grants that followed a wait; the signature covers both
alter table grants add column scheduled_at timestamptz, add column not_before timestamptz,
  add constraint grants_waited check ((scheduled_at is null) = (not_before is null));
`
