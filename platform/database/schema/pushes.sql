-- Pushes to the authenticator of a participant, at the organisation's own service for it.

-- A case whose participant is asked to approve a push, and the answer.
create table push_requests (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  person_id uuid not null,
  asked_at timestamptz not null default now(),
  proven_at timestamptz,
  -- people.login at that moment: the proof is void once the person has another account
  account text,
  -- somebody said on the authenticator that they asked for nothing
  denied_at timestamptz,
  given_up_at timestamptz,
  primary key (tenant_id, verification_id),
  check ((proven_at is null) = (account is null)),
  -- what was denied is never proof as well
  check (proven_at is null or denied_at is null)
);
create index push_requests_person on push_requests (tenant_id, person_id, asked_at desc);

-- One push. A row is written before anything is sent, so that a process that dies sends none twice, and every push counts.
create table pushes (
  tenant_id uuid not null references tenants,
  id uuid not null,
  verification_id uuid not null,
  person_id uuid not null,
  -- the session that asked: its answer counts while that session lives
  portal_session_id uuid not null,
  asked_at timestamptz not null default now(),
  state text not null default 'asked' check (state in ('asked', 'sending', 'sent', 'approved', 'denied', 'unanswered', 'not_sent')),
  -- people.login when it was asked for, from which the service's name for the account is made
  account text not null,
  -- the service's own name of the push, and its devices
  transaction text,
  devices text[] not null default '{}',
  -- to be chosen on the device, where the service shows several
  shown_number text,
  sent_at timestamptz,
  looked_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, id),
  -- a transaction belongs to one push: an answer to another case is none here
  unique (tenant_id, transaction),
  check ((ended_at is null) = (state in ('asked', 'sending', 'sent')))
);
create index pushes_open on pushes (tenant_id, asked_at) where ended_at is null;
create index pushes_person on pushes (tenant_id, person_id, asked_at desc);
create index pushes_case on pushes (tenant_id, verification_id, asked_at desc);
