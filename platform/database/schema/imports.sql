-- Facts that are uploaded as a file.

create table imports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  kind text not null,
  origin text not null check (origin in ('console', 'shell', 'api')),
  format text not null check (format in ('csv', 'json')),
  mode text not null check (mode in ('replace', 'merge')),
  -- an unknown person stops the import rather than being left out
  is_strict boolean not null,
  state text not null default 'uploading' check (state in
    ('uploading', 'uploaded', 'checked', 'refused', 'confirmed', 'imported', 'cancelled', 'expired')),
  bytes integer not null default 0,
  sha256 bytea,
  by_id uuid,
  by_name text not null,
  uploaded_at timestamptz not null default now(),
  -- figures of the check, and of the import once it is done; never what a row says
  figures jsonb,
  -- line, column and code of what is wrong; capped
  problems jsonb not null default '[]',
  confirmed_by_id uuid,
  confirmed_by_name text,
  confirmed_at timestamptz,
  is_drop_confirmed boolean not null default false,
  ended_at timestamptz,
  reason text,
  expires_at timestamptz not null,
  primary key (tenant_id, id)
);
create index imports_newest on imports (tenant_id, uploaded_at desc, id desc);
create index imports_open on imports (tenant_id, state, uploaded_at) where ended_at is null;

-- The file as it came, sealed chunk by chunk; gone once its rows are read.
create table import_chunks (
  tenant_id uuid not null,
  import_id uuid not null,
  ordinal integer not null,
  bytes_sealed bytea not null,
  primary key (tenant_id, import_id, ordinal),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);

-- Rows that passed the check, as facts; gone once the import is over.
create table import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  line integer not null,
  family text not null,
  person_id uuid not null,
  key text not null,
  value text not null,
  valid_from timestamptz,
  primary key (tenant_id, import_id, line, family),
  foreign key (tenant_id, import_id) references imports (tenant_id, id)
);
create index import_rows_fact on import_rows (tenant_id, import_id, person_id, family, key);

-- The number of people who are thin files, as the worker last counted: one row for each tenant. wanted_at: an admin asked to
-- count again, or facts changed.
create table thin_counts (
  tenant_id uuid primary key references tenants,
  counted_at timestamptz,
  wanted_at timestamptz,
  counts jsonb
);
