/** Unlocks and resets of factors beside resets of passwords, and the one-time code that a directory gives for a new factor. */
export const purposeActions = `
alter table actions drop constraint actions_kind_check;
alter table actions add constraint actions_kind_check check (kind in ('password_reset', 'account_unlock', 'mfa_reset'));
alter table intents drop constraint intents_kind_check;
alter table intents add constraint intents_kind_check
  check (kind in ('set_password', 'unlock', 'reset_factors', 'lock_account'));
alter table notices drop constraint notices_kind_check;
-- Which kinds there are is the code's to say (notices.ts).
alter table notices add constraint notices_kind_check check (kind ~ '^[a-z_]{3,40}$');

-- What a directory issued after a reset of factors: sealed, shown once, in the portal session that asked for it.
create table enrolment_codes (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  portal_session_id uuid not null,
  -- null where the directory enrols at the next sign-in without one
  expires_at timestamptz,
  -- null once it was shown or its time is over
  code_sealed bytea,
  created_at timestamptz not null default now(),
  shown_at timestamptz,
  primary key (tenant_id, verification_id)
);
create index enrolment_codes_sealed on enrolment_codes (tenant_id, expires_at) where code_sealed is not null;

-- The demo directory's second factors, sealed to its own sign-in page, and the code that lets a new one be enrolled.
create table directory_factors (
  tenant_id uuid not null references tenants,
  directory_id text not null,
  secret_sealed bytea not null,
  enrolled_at timestamptz not null default now(),
  -- RFC 6238 section 5.2: a time step is accepted once
  last_step bigint not null default 0,
  primary key (tenant_id, directory_id)
);
-- what a directory can do beside a new password; null: the worker has not said yet
alter table directory_syncs add column offers text[];
alter table directory_accounts add column enrolment_hash text, add column enrolment_expires_at timestamptz,
  add constraint directory_accounts_enrolment check ((enrolment_hash is null) = (enrolment_expires_at is null));
`
