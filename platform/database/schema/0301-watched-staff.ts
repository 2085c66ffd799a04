/** What those who watch see of staff: contacts that were shown in full, and limits that were reached (security.md D8, D10). */
export const watchedStaff = `
create table contact_reveals (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  contact_id uuid not null,
  contact_masked text not null,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null check (reason <> ''),
  at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index contact_reveals_at on contact_reveals (tenant_id, at desc);
create index contact_reveals_person on contact_reveals (tenant_id, person_id);

-- Once an hour for each member and kind, however often they try on.
create table staff_alarms (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  staff_name text not null,
  kind text not null check (kind in ('look_up', 'start', 'reveal')),
  raised_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_alarms_member on staff_alarms (tenant_id, staff_id, kind, raised_at desc);
create index staff_alarms_raised on staff_alarms (tenant_id, raised_at desc);
`
