/** Records many events of the past at once. */
import { eventVersions } from '#domain/events/catalog.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ToldEvent } from './story.ts'

/**
 * The same entries and outbox rows as `append_events` for each event in order, by the database's own canonical form, clock
 * and hash (platform/database/schema/functions/audit.sql), for many verifications at once. The head is taken once and moved once: an update
 * for each of tens of thousands of events takes minutes. Lives for the session of the seed and needs the owner's rights; the
 * product itself records through `append_events` alone.
 */
const definition = `
create function pg_temp.record_past(p_tenant uuid, p_events jsonb) returns integer language plpgsql as $$
declare
  v_head audit_heads;
  v_entries audit[] := array[]::audit[];
  v_entry audit;
  v_event record;
begin
  insert into audit_heads (tenant_id, seq, hash, at)
  values (p_tenant, 0, decode(repeat('00', 32), 'hex'), 'epoch') on conflict do nothing;
  select * into v_head from audit_heads where tenant_id = p_tenant for update;
  for v_event in
    select * from jsonb_to_recordset(p_events) as e (n integer, id uuid, type text, version smallint, actor_kind text,
      actor_id text, actor_name text, object_kind text, object_id text, payload jsonb, occurred_at timestamptz) order by n
  loop
    v_entry := row(p_tenant, v_head.seq + 1, greatest(clock_timestamp(), v_head.at), v_event.id, v_event.type,
      v_event.version, v_event.actor_kind, v_event.actor_id, v_event.actor_name, v_event.object_kind, v_event.object_id,
      v_event.payload, sha256(convert_to(v_event.payload::text, 'UTF8')), v_head.hash, null, v_event.occurred_at);
    v_entry.hash := sha256(audit_canonical(p_tenant, v_entry.seq, v_entry.created_at, v_entry.event_id, v_entry.type,
      v_entry.version, v_entry.actor_kind, v_entry.actor_id, v_entry.actor_name, v_entry.object_kind,
      v_entry.object_id, v_entry.occurred_at, v_entry.payload_hash, v_entry.prev_hash));
    v_entries := v_entries || v_entry;
    v_head.seq := v_entry.seq;
    v_head.hash := v_entry.hash;
    v_head.at := v_entry.created_at;
  end loop;
  insert into audit select * from unnest(v_entries);
  update audit_heads set seq = v_head.seq, hash = v_head.hash, at = v_head.at where tenant_id = p_tenant;
  insert into outbox (tenant_id, event_id, type, version, verification_id, payload, occurred_at)
  select p_tenant, e.id, e.type, e.version, e.verification_id, e.analytics, e.occurred_at
  from jsonb_to_recordset(p_events) as e (n integer, id uuid, type text, version smallint, verification_id uuid,
    analytics jsonb, occurred_at timestamptz) order by n;
  return cardinality(v_entries);
end $$`

/** Records events in the order in which they happened. Last in a transaction. */
export const recordPast = async (tx: Tx, events: readonly ToldEvent[]): Promise<void> => {
  const isThere = await tx.one(
    "select from pg_proc where proname = 'record_past' and pronamespace = pg_my_temp_schema()",
  )
  if (isThere === undefined) await tx.query(definition)
  const rows = events
    .toSorted((a, b) => a.at - b.at)
    .map((event, index) => ({
      n: index,
      id: event.id,
      type: event.type,
      version: eventVersions[event.type],
      actor_kind: event.actor.kind,
      actor_id: event.actor.id,
      actor_name: event.actor.name ?? null,
      object_kind: event.object.kind,
      object_id: event.object.id,
      verification_id: event.verificationId,
      payload: event.payload,
      analytics: event.analytics,
      occurred_at: event.occurredAt,
    }))
  await tx.query('select pg_temp.record_past($1, $2::jsonb)', [tx.tenantId, JSON.stringify(rows)])
}
