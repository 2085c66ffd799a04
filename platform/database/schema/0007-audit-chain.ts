/**
 * The audit chain and the one function through which both processes record what happened (security.md G1 to G3, G9).
 *
 * Canonical bytes, version 1, so that an outsider can check a chain with nothing but SHA-256: the fields below in this
 * order, each as four bytes of length (unsigned, big-endian) and that many bytes; a missing value is the length
 * ffffffff and no bytes. Text is UTF-8, numbers are decimal text, identifiers are lower-case with dashes, times are UTC
 * with six decimals ("2026-01-31T09:15:00.123456Z").
 *
 *   "countersign.audit.v1" · tenant · seq · created_at · event_id · type · version · actor_kind · actor_id ·
 *   actor_name · object_kind · object_id · occurred_at · payload_hash (32 bytes) · prev_hash (32 bytes)
 *
 * hash = SHA-256(canonical bytes). prev_hash is the hash of the entry with seq − 1, or 32 zero bytes for the first.
 * payload_hash = SHA-256 of the payload as the database prints it (`payload::text`), which exports carry verbatim.
 */
export const auditChain = `
create function length_prefixed(p_value bytea) returns bytea language sql immutable parallel safe as
$$ select coalesce(int4send(octet_length(p_value)) || p_value, '\\xffffffff'::bytea) $$;

create function audit_time(p_at timestamptz) returns text language sql stable parallel safe as
$$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

create function audit_canonical(
  p_tenant uuid, p_seq bigint, p_created_at timestamptz, p_event_id uuid, p_type text, p_version integer,
  p_actor_kind text, p_actor_id text, p_actor_name text, p_object_kind text, p_object_id text,
  p_occurred_at timestamptz, p_payload_hash bytea, p_prev_hash bytea
) returns bytea language sql stable parallel safe set search_path = pg_catalog, public, pg_temp as $$
  select length_prefixed(convert_to('countersign.audit.v1', 'UTF8'))
    || length_prefixed(convert_to(p_tenant::text, 'UTF8'))
    || length_prefixed(convert_to(p_seq::text, 'UTF8'))
    || length_prefixed(convert_to(audit_time(p_created_at), 'UTF8'))
    || length_prefixed(convert_to(p_event_id::text, 'UTF8'))
    || length_prefixed(convert_to(p_type, 'UTF8'))
    || length_prefixed(convert_to(p_version::text, 'UTF8'))
    || length_prefixed(convert_to(p_actor_kind, 'UTF8'))
    || length_prefixed(convert_to(p_actor_id, 'UTF8'))
    || length_prefixed(convert_to(p_actor_name, 'UTF8'))
    || length_prefixed(convert_to(p_object_kind, 'UTF8'))
    || length_prefixed(convert_to(p_object_id, 'UTF8'))
    || length_prefixed(convert_to(audit_time(p_occurred_at), 'UTF8'))
    || length_prefixed(p_payload_hash)
    || length_prefixed(p_prev_hash)
$$;

-- Records one event: audit entry and, unless p_analytics is null, the outbox row that analytics follow. Called last in
-- a transaction, because it holds the tenant's chain head until the commit. The same event id again changes nothing
-- and gives the number it already has; with other content it is refused (CS409).
create function append_event(
  p_tenant uuid, p_event_id uuid, p_type text, p_version integer,
  p_actor_kind text, p_actor_id text, p_actor_name text, p_object_kind text, p_object_id text,
  p_verification_id uuid, p_payload jsonb, p_analytics jsonb, p_occurred_at timestamptz
) returns bigint language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_head audit_heads;
  v_known audit;
  v_payload_hash bytea := sha256(convert_to(p_payload::text, 'UTF8'));
  v_at timestamptz;
  v_occurred timestamptz;
  v_hash bytea;
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'an event is recorded in the tenant of the transaction' using errcode = '42501';
  end if;
  loop
    select * into v_head from audit_heads where tenant_id = p_tenant for update;
    exit when found;
    insert into audit_heads (tenant_id, seq, hash, at)
    values (p_tenant, 0, decode(repeat('00', 32), 'hex'), 'epoch') on conflict do nothing;
  end loop;
  select * into v_known from audit where tenant_id = p_tenant and event_id = p_event_id limit 1;
  if found then
    if (v_known.type, v_known.payload_hash) is distinct from (p_type, v_payload_hash) then
      raise exception 'event % is already recorded with other content', p_event_id using errcode = 'CS409';
    end if;
    return v_known.seq;
  end if;
  -- One clock, and never backwards within a chain (G9).
  v_at := greatest(clock_timestamp(), v_head.at);
  v_occurred := coalesce(p_occurred_at, v_at);
  v_hash := sha256(audit_canonical(p_tenant, v_head.seq + 1, v_at, p_event_id, p_type, p_version, p_actor_kind,
    p_actor_id, p_actor_name, p_object_kind, p_object_id, v_occurred, v_payload_hash, v_head.hash));
  insert into audit (tenant_id, seq, created_at, event_id, type, version, actor_kind, actor_id, actor_name,
    object_kind, object_id, payload, payload_hash, prev_hash, hash, occurred_at)
  values (p_tenant, v_head.seq + 1, v_at, p_event_id, p_type, p_version, p_actor_kind, p_actor_id, p_actor_name,
    p_object_kind, p_object_id, p_payload, v_payload_hash, v_head.hash, v_hash, v_occurred);
  update audit_heads set seq = v_head.seq + 1, hash = v_hash, at = v_at where tenant_id = p_tenant;
  if p_analytics is not null then
    insert into outbox (tenant_id, event_id, type, version, verification_id, payload, occurred_at)
    values (p_tenant, p_event_id, p_type, p_version, p_verification_id, p_analytics, v_occurred);
  end if;
  return v_head.seq + 1;
end $$;

-- Nobody changes an entry, not even by mistake as the owner (G3).
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are only ever added' using errcode = '42501';
end $$;
create trigger audit_append_only before update or delete on audit for each row execute function refuse_audit_change();
create trigger audit_no_truncate before truncate on audit for each statement execute function refuse_audit_change();
`

/** Runs under row-level security, as a role that may do nothing but record. */
export const recorderFunctions = [
  'append_event(uuid, uuid, text, integer, text, text, text, text, text, uuid, jsonb, jsonb, timestamptz)',
] as const
