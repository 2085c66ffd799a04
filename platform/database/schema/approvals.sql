-- Approvals where two people are needed, people who vouch, and accounts that the help desk never handles.

-- Approvals (D1, D4, D5). The worker signs each over who, what and until when: a row that was changed by hand counts for
-- nothing (G8).
create table approvals (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  ordinal smallint not null check (ordinal in (1, 2)),
  -- the first approval, which a second one completes
  first_id uuid,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null,
  -- SHA-256 of everything that was shown (D4)
  screen_hash bytea not null,
  approved_at timestamptz not null,
  expires_at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  used_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('expired', 'changed', 'broken')),
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id),
  foreign key (tenant_id, first_id) references approvals (tenant_id, id),
  check ((ordinal = 2) = (first_id is not null)),
  check ((ended_at is null) = (end_reason is null))
);
create unique index approvals_live on approvals (tenant_id, verification_id)
  where ordinal = 1 and used_at is null and ended_at is null;
create unique index approvals_second on approvals (tenant_id, verification_id) where ordinal = 2;
create index approvals_verification on approvals (tenant_id, verification_id, approved_at);

-- Staff who are named to give second approvals although their role does not (D1, D13, T9).
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

-- A person named beforehand to vouch for one person or for a whole team. A second admin accepts it, and it counts a day later
-- (D13, T9).
create table named_approvers (
  tenant_id uuid not null references tenants,
  id uuid not null,
  person_id uuid,
  team text,
  approver_id uuid not null,
  reason text not null,
  named_by uuid not null,
  named_by_name text not null,
  named_at timestamptz not null default now(),
  accepted_by uuid,
  accepted_by_name text,
  accept_reason text,
  accepted_at timestamptz,
  effective_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  end_reason text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  foreign key (tenant_id, approver_id) references people (tenant_id, id),
  check ((person_id is null) <> (team is null)),
  check (person_id is null or person_id <> approver_id),
  check (accepted_at is null or (accepted_by is not null and accepted_by <> named_by and effective_at is not null)),
  constraint named_approvers_end check (ended_at is null or (ended_by is not null and end_reason is not null)),
  constraint named_approvers_delay check (accepted_at is null or effective_at >= accepted_at)
);
create index named_approvers_person on named_approvers (tenant_id, person_id) where ended_at is null;
create index named_approvers_team on named_approvers (tenant_id, team) where ended_at is null;
create index named_approvers_approver on named_approvers (tenant_id, approver_id) where ended_at is null;
create index named_approvers_time on named_approvers (tenant_id, named_at desc);
create index named_approvers_effect on named_approvers (tenant_id, effective_at)
  where accepted_at is not null and ended_at is null;

-- A person who was named gets an e-mail, once, when the naming takes effect (T9): one row for each naming that took
-- effect, written with its event and sent by the worker.
create table naming_notices (
  tenant_id uuid not null references tenants,
  naming_id uuid not null,
  -- the person who was named
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

-- One row for each time an approver was asked to vouch; answered once, by one guarded write, while it lives.
create table approver_requests (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  ordinal smallint not null,
  person_id uuid not null,
  approver_id uuid not null,
  relation text not null check (relation in ('manager', 'named')),
  policy_version integer not null,
  asked_by_kind text not null,
  asked_by_id text not null,
  token_hash bytea not null unique,
  token_mark bytea not null default '',
  -- SHA-256 of everything that the page shows (D4)
  screen_hash bytea not null,
  tries smallint not null default 0,
  max_tries smallint not null default 3,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  answer text check (answer in ('yes', 'no', 'not_sure')),
  answered_at timestamptz,
  session_id uuid,
  -- the sealed input that said so: a repeated message finds its own success
  answer_input_id uuid,
  voided_at timestamptz,
  void_reason text,
  primary key (tenant_id, id),
  unique (tenant_id, verification_id, ordinal),
  foreign key (tenant_id, approver_id) references people (tenant_id, id),
  check (approver_id <> person_id),
  check ((answer is null) = (answered_at is null))
);
create index approver_requests_approver on approver_requests (tenant_id, approver_id, created_at desc);

-- An approver who signed in for one request; nothing else can be done with it.
create table approver_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
  token_mark bytea not null default '',
  issuer text not null,
  subject text not null,
  amr text[] not null default '{}',
  started_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references approver_requests (tenant_id, id)
);
create index approver_sessions_request on approver_sessions (tenant_id, request_id);

-- Accounts that the help desk never handles: who put them there, and who took them off (D3).
create table protected_accounts (
  tenant_id uuid not null references tenants,
  id uuid not null,
  person_id uuid not null,
  reason text not null,
  added_by uuid,
  added_by_name text not null,
  added_at timestamptz not null default now(),
  -- one admin asks for it to be taken off, another admin takes it off
  off_asked_by uuid,
  off_asked_by_name text,
  off_reason text,
  off_asked_at timestamptz,
  off_by uuid,
  off_by_name text,
  off_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  check ((off_asked_by is null) = (off_asked_at is null)),
  check (off_at is null or (off_by is not null and off_asked_by is not null and off_by <> off_asked_by))
);
create unique index protected_accounts_live on protected_accounts (tenant_id, person_id) where off_at is null;
create trigger keep_protected after insert or update on protected_accounts for each row execute function keep_protected();
