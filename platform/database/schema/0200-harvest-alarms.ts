/** That many lists of one family were shown to cases that did not pass (challenges.md section 10), and who is told of it. */
export const harvestAlarms = `
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

alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind in
  ('proposed', 'accepted', 'called_off', 'hastened', 'took_effect', 'passkey_added', 'passkey_removed',
   'approver_named', 'approver_accepted', 'approver_ended', 'harvest_suspected'));
`
