/** Staff, their sessions, policies, idempotency and limits. */
export const staffAndPolicy = `
create table staff (
  tenant_id uuid not null references tenants,
  id uuid not null,
  issuer text not null,
  subject text not null,
  email text not null,
  display_name text not null,
  role text not null check (role in ('agent', 'supervisor', 'admin', 'auditor')),
  person_id uuid,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (issuer, subject)
);

-- one sign-in on its way: state, nonce and PKCE verifier, single use, ten minutes
create table sign_in_transactions (
  state_hash bytea primary key,
  cookie_hash bytea not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null
);

create table staff_sessions (
  tenant_id uuid not null,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  token_hash bytea not null unique,
  csrf_hash bytea not null,
  amr text[] not null default '{}',
  id_token text,
  started_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  absolute_expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index staff_sessions_staff on staff_sessions (tenant_id, staff_id) where ended_at is null;

-- every save is a new, immutable version
create table policies (
  tenant_id uuid not null references tenants,
  version integer not null,
  document jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- same key and body: same answer; same key and another body: refused
create table idempotency (
  tenant_id uuid not null references tenants,
  actor text not null,
  key text not null check (length(key) between 8 and 128),
  body_hash bytea not null,
  status smallint,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor, key)
);
create index idempotency_created on idempotency (created_at);

-- look-ups per member of staff (security.md D8); counted by window
create table staff_counters (
  tenant_id uuid not null references tenants,
  staff_id uuid not null,
  kind text not null,
  subject text not null,
  at timestamptz not null default now(),
  primary key (tenant_id, staff_id, kind, subject, at)
);
create index staff_counters_window on staff_counters (tenant_id, staff_id, kind, at desc);
`
