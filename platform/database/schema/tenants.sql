-- Organisations, the systems that call by a key, and how often anybody may ask.

create table tenants (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text not null,
  -- what the portal shows: { accent, helpdeskPhone, languages, defaultRegion, timeZone, labBanner }; whom mails come from:
  -- { senderName, replyTo }; what
  -- checks know: { egressCidrs, gateways, sharedDevices, expectedCountries, hasVirtualDesktops } (services/tenants/places.ts)
  settings jsonb not null default '{}',
  oidc_issuer text,
  created_at timestamptz not null default now()
);

-- Systems that call by HTTP under a key of their own (E5).
create table api_clients (
  tenant_id uuid not null references tenants,
  id uuid not null,
  name text not null,
  -- what the key may be used for (domain/api-scopes.ts)
  scopes text[] not null,
  -- SHA-256 of the key, which is shown once and stored nowhere
  key_hash bytea not null unique,
  -- Each hash of a token has a keyed mark beside it (platform/crypto/token-mark.ts), here and in other tables: a row that was
  -- written by hand, or moved, opens nothing. The empty mark fits no token.
  token_mark bytea not null default '',
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index api_clients_name on api_clients (tenant_id, name) where revoked_at is null;

-- The same key and body get the same answer; the same key with another body is refused.
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
create index idempotency_created on idempotency (tenant_id, created_at);

-- Fixed windows by key (H5, H7). The key is a digest, never an address or a name. The table is unlogged: counting waits for no
-- disk, and only a crash of the database itself empties it.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
