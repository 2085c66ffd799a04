-- The audit chain, and the one function through which both processes record what happened (G1 to G3, G9).
--
-- Canonical bytes, version 1, so that an outsider can check a chain with nothing but SHA-256: the fields below in this order,
-- each as four bytes of length (unsigned, big-endian) and that many bytes; a missing value is the length ffffffff and no bytes.
-- Text is UTF-8, numbers are decimal text, identifiers are lower-case with dashes, times are UTC with six decimals
-- ("2026-01-31T09:15:00.123456Z").
--
--   "countersign.audit.v1" · tenant · seq · created_at · event_id · type · version · actor_kind · actor_id ·
--   actor_name · object_kind · object_id · occurred_at · payload_hash (32 bytes) · prev_hash (32 bytes)
--
-- hash = SHA-256(canonical bytes). prev_hash is the hash of the entry with seq − 1, or 32 zero bytes for the first.
-- payload_hash = SHA-256 of the payload as the database prints it (payload::text), which exports carry verbatim.

create or replace function length_prefixed(p_value bytea) returns bytea language sql immutable parallel safe as
$$ select coalesce(int4send(octet_length(p_value)) || p_value, '\xffffffff'::bytea) $$;

create or replace function audit_time(p_at timestamptz) returns text language sql stable parallel safe as
$$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') $$;

create or replace function audit_canonical(
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

-- Records events of one verification, or of none, in the order given: an audit entry each and, where the event has something for
-- analytics and p_about says what every event of the verification tells them, an outbox row each. It is called last in a
-- transaction, because it holds the tenant's chain head until the commit; one statement takes all events of a transaction, so
-- that the head is taken and moved once. An event id that is there already changes nothing and gives the number it has; with
-- other content it is refused (CS409). Gives one number for each event.
create or replace function append_events(p_tenant uuid, p_verification_id uuid, p_about jsonb, p_events jsonb) returns bigint[]
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_head audit_heads;
  v_event record;
  v_known record;
  v_payload_hash bytea;
  v_occurred timestamptz;
  v_numbers bigint[] := array[]::bigint[];
  v_is_longer boolean := false;
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'an event is recorded in the tenant of the transaction' using errcode = '42501';
  end if;
  if jsonb_array_length(p_events) = 0 then return v_numbers; end if;
  loop
    select * into v_head from audit_heads where tenant_id = p_tenant for update;
    exit when found;
    insert into audit_heads (tenant_id, seq, hash, at)
    values (p_tenant, 0, decode(repeat('00', 32), 'hex'), 'epoch') on conflict do nothing;
  end loop;
  for v_event in
    select e.* from rows from (jsonb_to_recordset(p_events) as (id uuid, type text, version integer, actor_kind text,
      actor_id text, actor_name text, object_kind text, object_id text, payload jsonb, analytics jsonb,
      occurred_at timestamptz)) with ordinality as e order by e.ordinality
  loop
    v_payload_hash := sha256(convert_to(v_event.payload::text, 'UTF8'));
    select a.seq, a.type, a.payload_hash into v_known from audit a
    where a.tenant_id = p_tenant and a.event_id = v_event.id limit 1;
    if found then
      if (v_known.type, v_known.payload_hash) is distinct from (v_event.type, v_payload_hash) then
        raise exception 'event % is already recorded with other content', v_event.id using errcode = 'CS409';
      end if;
      v_numbers := v_numbers || v_known.seq;
      continue;
    end if;
    -- One clock, and never backwards within a chain (G9).
    v_head.at := greatest(clock_timestamp(), v_head.at);
    v_occurred := coalesce(v_event.occurred_at, v_head.at);
    insert into audit (tenant_id, seq, created_at, event_id, type, version, actor_kind, actor_id, actor_name,
      object_kind, object_id, payload, payload_hash, prev_hash, hash, occurred_at)
    values (p_tenant, v_head.seq + 1, v_head.at, v_event.id, v_event.type, v_event.version, v_event.actor_kind,
      v_event.actor_id, v_event.actor_name, v_event.object_kind, v_event.object_id, v_event.payload, v_payload_hash,
      v_head.hash, sha256(audit_canonical(p_tenant, v_head.seq + 1, v_head.at, v_event.id, v_event.type,
        v_event.version, v_event.actor_kind, v_event.actor_id, v_event.actor_name, v_event.object_kind,
        v_event.object_id, v_occurred, v_payload_hash, v_head.hash)), v_occurred)
    returning seq, hash into v_head.seq, v_head.hash;
    v_is_longer := true;
    v_numbers := v_numbers || v_head.seq;
    if v_event.analytics is not null and p_about is not null then
      insert into outbox (tenant_id, event_id, type, version, verification_id, payload, occurred_at)
      values (p_tenant, v_event.id, v_event.type, v_event.version, p_verification_id, p_about || v_event.analytics,
        v_occurred);
    end if;
  end loop;
  if v_is_longer then
    update audit_heads set seq = v_head.seq, hash = v_head.hash, at = v_head.at where tenant_id = p_tenant;
  end if;
  return v_numbers;
end $$;

-- For the triggers of audit and its partitions (G3).
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'audit entries are only ever added' using errcode = '42501';
end $$;
