/** What calibration needs beside labels: exercises of the organisation's own testers, kind of device, decisions on record. */
export const calibration = `
-- whether a closed case was an exercise (red team); who marked it, and who took the mark back. The newest row counts
create table exercises (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  is_exercise boolean not null,
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index exercises_verification on exercises (tenant_id, verification_id, at desc);

-- why an organisation accepts that one group is suspected more often than others (risk.md section 10); the newest row counts
create table cohort_decisions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  dimension text not null check (dimension in ('place', 'device', 'access', 'tenure', 'country')),
  value text not null,
  reason text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index cohort_decisions_newest on cohort_decisions (tenant_id, dimension, value, at desc);

-- a phone, as the user agent says; raw probe facts are gone after thirty days
alter table scorings add column is_mobile boolean;
`
