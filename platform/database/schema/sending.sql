-- Messages to participants, from before the provider is called to what it says of them later.

-- One row for each message begun towards a provider, written before the provider is called (R2).
create table deliveries (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  kind text not null check (kind in ('link', 'second_code', 'entry_code', 'notice', 'approver_request')),
  ordinal smallint not null,
  channel text not null,
  contact_id uuid not null,
  contact_masked text not null,
  number_index bytea,
  prefix_index bytea,
  -- what the carrier said of the number before the message went out (B20); null: it was not asked
  number_check text check (number_check in ('unchanged', 'swapped', 'unknown', 'timeout')),
  -- the organisation's own text that it was written with; null: the standard ones (D15)
  text_id uuid,
  status text not null check (status in ('begun', 'accepted', 'refused', 'unknown', 'delivered', 'undelivered')),
  provider_id text,
  error_code text,
  -- the provider's code with the last report: why it did not arrive
  report_code text,
  begun_at timestamptz not null default now(),
  finished_at timestamptz,
  -- when the provider said that it went out, and when that it waits at the recipient's server
  sent_at timestamptz,
  delayed_at timestamptz,
  reported_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, kind, ordinal)
);
create index deliveries_person on deliveries (tenant_id, person_id, begun_at desc);
create index deliveries_number on deliveries (tenant_id, number_index, begun_at desc);
create index deliveries_prefix on deliveries (tenant_id, prefix_index, begun_at desc);
create unique index deliveries_provider on deliveries (provider_id) where provider_id is not null;
-- for resolve_delivery_id, which knows no tenant yet
create index deliveries_id on deliveries (id);
create trigger raise_step after update of status on deliveries
for each row when (new.status = 'delivered') execute function raise_step('2');

-- A provider's report about a message, as the API got it (an input row). The worker, which alone writes deliveries,
-- takes it from here when no workflow is left to do so. The same report has the same id.
create table delivery_reports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  delivery_id uuid not null,
  status text not null check (status in ('sent', 'delayed', 'delivered', 'undelivered')),
  code text,
  received_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index delivery_reports_waiting on delivery_reports (tenant_id, received_at);

-- Notices to contacts, written with the state they tell of and sent by the worker's notice loop (B12).
create table notices (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  -- or the enrolment that it tells of
  verification_id uuid not null,
  person_id uuid not null,
  -- the code's type lists the kinds
  kind text not null check (kind ~ '^[a-z_]{3,40}$'),
  contact_id uuid not null,
  channel text not null,
  -- Notices of starts that anybody may have asked for count towards the budgets of messages.
  number_index bytea,
  prefix_index bytea,
  counted_at timestamptz,
  status text not null default 'waiting' check (status in ('waiting', 'begun', 'sent', 'refused', 'unknown')),
  tries smallint not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  begun_at timestamptz,
  sent_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, kind, contact_id)
);
create index notices_waiting on notices (tenant_id, not_before) where status in ('waiting', 'begun');
create index notices_counted on notices (tenant_id, counted_at) where counted_at is not null;
