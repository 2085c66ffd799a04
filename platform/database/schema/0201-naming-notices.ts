/** That whoever was named to vouch is told of it once it holds (security.md T9): by e-mail, once. */
export const namingNotices = `
-- One row for each naming that took effect, written with its event and sent by the worker.
create table naming_notices (
  tenant_id uuid not null references tenants,
  naming_id uuid not null,
  -- who was named
  person_id uuid not null,
  status text not null default 'waiting' check (status in ('waiting', 'begun', 'sent', 'refused', 'unknown')),
  tries smallint not null default 0,
  not_before timestamptz not null default now(),
  begun_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, naming_id),
  foreign key (tenant_id, naming_id) references named_approvers (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
create index naming_notices_waiting on naming_notices (tenant_id, not_before) where status in ('waiting', 'begun');
create index named_approvers_effect on named_approvers (tenant_id, effective_at)
  where accepted_at is not null and ended_at is null;
`
