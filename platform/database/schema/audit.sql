-- Audit chain and outbox, both partitioned by month, and the cursor of the relay. Rows are added by append_events alone, which
-- says how an entry is hashed.

create table audit (
  tenant_id uuid not null references tenants,
  seq bigint not null,
  created_at timestamptz not null,
  event_id uuid not null,
  type text not null,
  version smallint not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text,
  object_kind text not null,
  object_id text not null,
  payload jsonb not null,
  payload_hash bytea not null,
  prev_hash bytea not null,
  hash bytea not null,
  occurred_at timestamptz not null,
  primary key (tenant_id, seq, created_at)
) partition by range (created_at);
-- an event that is sent again is found here and not recorded twice
create index audit_event on audit (tenant_id, event_id);
create index audit_object on audit (tenant_id, object_kind, object_id, created_at desc);
-- Nobody changes an entry, not even by mistake as the owner (G3).
create trigger audit_append_only before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_audit_change();

create table audit_heads (
  tenant_id uuid primary key references tenants,
  seq bigint not null,
  hash bytea not null,
  at timestamptz not null
);

create table outbox (
  id bigint generated always as identity,
  created_at timestamptz not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  tenant_id uuid not null,
  event_id uuid not null,
  type text not null,
  version smallint not null,
  verification_id uuid,
  payload jsonb not null,
  occurred_at timestamptz not null,
  primary key (id, created_at)
) partition by range (created_at);
create index outbox_order on outbox (xid, id);
-- The relay reads the outbox of all tenants, in a transaction that says so.
create policy relay_rows on outbox for select to countersign_worker
  using (current_setting('app.relay', true) = 'on');

-- One relay serves all tenants, so the cursor has none.
create table relay_cursors (
  name text primary key,
  xid xid8 not null default '0',
  id bigint not null default 0,
  moved_at timestamptz not null default now()
);
