/**
 * The device key of a portal session: the browser that typed the code made it, and signs with it whatever it does afterwards
 * (platform/crypto/device-proof.ts). Written as the session begins, by the worker; no process changes it.
 */
export const deviceKeys = `
-- A point of P-256, uncompressed, base64url. Null: that browser could make no key.
alter table portal_sessions add column device_key text check (device_key ~ '^[A-Za-z0-9_-]{87}$');

-- As before (0400), with the key.
create or replace function read_portal_session(p_token_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
  v_live boolean;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_portal_session(p_token_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select s.ended_at is null and s.absolute_expires_at > now() and s.last_used_at > now() - make_interval(secs =>
      coalesce((select (p.document #>> '{lifetimes,portalIdle}')::integer from policies p
        where p.tenant_id = s.tenant_id and p.version = (select v.policy_version from verifications v
          where v.tenant_id = s.tenant_id and v.id = s.verification_id)), 600))
  into v_live from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id;
  select json_build_object('tenantId', s.tenant_id, 'sessionId', s.id, 'verificationId', s.verification_id,
      'personId', s.person_id, 'language', s.language, 'probeNonce', s.probe_nonce, 'deviceKey', s.device_key,
      'isLive', v_live, 'endReason', s.end_reason, 'tokenMark', encode(s.token_mark, 'hex'))
  into v_answer
  -- For an hour after its end the ending can still be read and feedback given.
  from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id and s.absolute_expires_at > now() - interval '1 hour';
  if v_live then
    update portal_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;
`
