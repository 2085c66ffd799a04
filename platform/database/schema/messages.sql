-- An organisation's own texts for its messages, and messages that an admin sends to see how they look.

-- Words of a message as an organisation wrote them: proposed by one admin, in force once another accepted them, until later
-- ones are. A row without text goes back to the standard words, which one admin may do. After that a row is never changed (D15).
create table message_texts (
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
create unique index message_texts_open on message_texts (tenant_id, kind, channel, language)
  where accepted_at is null and ended_at is null;
create index message_texts_in_force on message_texts (tenant_id, kind, channel, language, accepted_at desc)
  where accepted_at is not null;

-- A message that an admin sends to their own contact to see how it looks; its link leads nowhere.
create table test_messages (
  tenant_id uuid not null references tenants,
  id uuid not null,
  staff_id uuid not null,
  kind text not null,
  channel text not null check (channel in ('sms', 'email')),
  language text not null,
  -- the own text that is tried before it is in force; null: those in force
  text_id uuid,
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
