/** People who vouch: whom the identity provider knows them as, who was named for it, who was asked, and what they said. */
export const approvers = `
-- The identity provider's immutable id of a person ("sub"); with the tenant's issuer it tells whose sign-in one is (F7).
-- Kept by the directory's adapter, never taken from an address.
alter table people add column sign_in_subject text check (sign_in_subject <> '');
create unique index people_sign_in_subject on people (tenant_id, sign_in_subject) where sign_in_subject is not null;

-- named beforehand for one person or for a whole team; a second admin accepts it, and it counts a day later (D13, T9)
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
  accepted_at timestamptz,
  effective_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  foreign key (tenant_id, approver_id) references people (tenant_id, id),
  check ((person_id is null) <> (team is null)),
  check (person_id is null or person_id <> approver_id),
  check (accepted_at is null or (accepted_by is not null and accepted_by <> named_by and effective_at is not null))
);
create index named_approvers_person on named_approvers (tenant_id, person_id) where ended_at is null;
create index named_approvers_team on named_approvers (tenant_id, team) where ended_at is null;

-- one row for each time somebody was asked; answered once, by one guarded write, while it lives
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
  -- SHA-256 of everything that the page shows (D4)
  shown_hash bytea not null,
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

-- an approver who signed in for one request; nothing else can be done with it
create table approver_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  request_id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  token_hash bytea not null unique,
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

-- a sign-in on its way that is for one request; null for staff
alter table sign_in_transactions
  add column approver_tenant_id uuid,
  add column approver_request_id uuid,
  add check ((approver_tenant_id is null) = (approver_request_id is null));

alter table deliveries drop constraint deliveries_kind_check;
alter table deliveries add constraint deliveries_kind_check check (kind in ('link', 'second_code', 'notice', 'approver_request'));

create function resolve_approver_request(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select r.tenant_id, r.id, r.verification_id from approver_requests r where r.token_hash = p_token_hash $$;

create function resolve_approver_session(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id, s.verification_id from approver_sessions s where s.token_hash = p_token_hash $$;
`

/** They see across tenants, for one credential each. */
export const approverResolvers = [
  'resolve_approver_request(bytea)',
  'resolve_approver_session(bytea)',
] as const
