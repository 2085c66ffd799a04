/** Messages: an organisation's own words, test messages, and what providers and mail servers say of a message later. */
export const messages = `
-- Words of a message as an organisation wrote them: proposed by one admin, in force once another accepted them, until later
-- ones are. No text: back to the standard words, which one admin may do. Rows are never changed after that (D15).
create table message_words (
  tenant_id uuid not null references tenants,
  id uuid not null,
  kind text not null,
  channel text not null check (channel in ('sms', 'email')),
  language text not null,
  subject text,
  text text,
  reason text not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  proposed_at timestamptz not null default now(),
  accepted_by uuid,
  accepted_by_name text,
  accepted_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  check (accepted_at is null or ended_at is null),
  check (accepted_at is null or (accepted_by is not null and (text is null or accepted_by <> proposed_by)))
);
create unique index message_words_open on message_words (tenant_id, kind, channel, language)
  where accepted_at is null and ended_at is null;
create index message_words_in_force on message_words (tenant_id, kind, channel, language, accepted_at desc)
  where accepted_at is not null;

-- A message that an admin sends to their own contact to see how it looks; its link leads nowhere.
create table test_messages (
  tenant_id uuid not null references tenants,
  id uuid not null,
  staff_id uuid not null,
  kind text not null,
  channel text not null check (channel in ('sms', 'email')),
  language text not null,
  -- own words that are tried before they are in force; null: those in force
  words_id uuid,
  status text not null default 'waiting' check (status in ('waiting', 'begun', 'sent', 'refused', 'unknown')),
  error_code text,
  tries smallint not null default 0,
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  begun_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id)
);
create index test_messages_staff on test_messages (tenant_id, staff_id, created_at desc);
create index test_messages_waiting on test_messages (tenant_id, not_before) where status in ('waiting', 'begun');

alter table deliveries
  -- the organisation's own words that it was written with; null: the standard ones (D15)
  add column words_id uuid,
  -- when the provider said that it went out, and when that it waits at the recipient's server
  add column sent_at timestamptz,
  add column delayed_at timestamptz,
  -- the provider's code with the last report: why it did not arrive
  add column report_code text;

alter table delivery_reports add column code text;
alter table delivery_reports drop constraint delivery_reports_status_check;
alter table delivery_reports add constraint delivery_reports_status_check
  check (status in ('sent', 'delayed', 'delivered', 'undelivered'));

-- Which delivery a bounce is about: its address carries the id, under a signature.
create function resolve_delivery_id(p_id uuid, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select d.tenant_id, d.id, d.verification_id from deliveries d where d.id = p_id $$;
create index deliveries_id on deliveries (id);

-- The kinds are held by their type in the code; a list here would have to be written anew with each.
alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind ~ '^[a-z_]{1,40}$');
`

/** Functions that look across tenants. */
export const messageResolvers = ['resolve_delivery_id(uuid)'] as const
