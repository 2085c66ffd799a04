/** What is learnt about messages and codes beside the case itself: late delivery reports, numbers in doubt, wrong codes in a row. */
export const sendingFacts = `
-- What a provider said of a message, as the API was told (an input row); the worker, which alone writes deliveries, takes it
-- from here when no workflow is left to do so. The same report has the same id.
create table delivery_reports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  delivery_id uuid not null,
  status text not null check (status in ('delivered', 'undelivered')),
  received_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index delivery_reports_waiting on delivery_reports (tenant_id, received_at);

-- what the carrier said of the number before the message went out (B20); null: it was not asked
alter table deliveries add column number_check text check (number_check in ('unchanged', 'swapped', 'unknown', 'timeout'));

-- wrong codes since the last right one, over all verifications of a participant (H4: 100 in a row are the end)
create table wrong_codes (
  tenant_id uuid not null,
  person_id uuid not null,
  in_a_row integer not null,
  last_at timestamptz not null default now(),
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id)
);
`
