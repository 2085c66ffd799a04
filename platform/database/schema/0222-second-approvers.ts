/** Staff who are named to give second approvals although their role does not (security.md D1, D13, T9). */
export const secondApprovers = `
create table second_approvers (
  tenant_id uuid not null references tenants,
  id uuid not null,
  staff_id uuid not null,
  reason text not null,
  named_by uuid not null,
  named_by_name text not null,
  named_at timestamptz not null default now(),
  accepted_by uuid,
  accepted_by_name text,
  accepted_at timestamptz,
  effective_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  check (staff_id <> named_by),
  check (accepted_at is null or (accepted_by is not null and accepted_by <> named_by and accepted_by <> staff_id
    and effective_at >= accepted_at)),
  check ((ended_by is null) = (ended_at is null))
);
create unique index second_approvers_live on second_approvers (tenant_id, staff_id) where ended_at is null;
`
