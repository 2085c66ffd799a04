-- A case whose participant is asked to sign in at the organisation's identity provider, and the result. No token is kept:
-- only which account it was, and what the provider said of how it signed in.
create table provider_sign_ins (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  asked_at timestamptz not null default now(),
  -- sign-ins that came back and were no proof
  tries smallint not null default 0,
  -- why the newest one was none; the page says it
  problem text check (problem in ('other_account', 'stale', 'weak', 'unanswered')),
  -- the account of another person, and the participant's own with a password at most
  other_account_at timestamptz,
  weak_at timestamptz,
  proven_at timestamptz,
  -- people.sign_in_subject at that moment: the proof is void once the person has another account
  sign_in_subject text,
  methods text[] not null default '{}',
  acr text,
  strength text check (strength in ('strong', 'phishing_resistant')),
  given_up_at timestamptz,
  primary key (tenant_id, verification_id),
  check ((proven_at is null) = (sign_in_subject is null) and (proven_at is null) = (strength is null))
);
