/**
 * A mark beside the hash of each token (platform/crypto/token-mark.ts): a row that was put there by hand, or moved, opens
 * nothing. What a code's session is to be waits inside its sealed input, and no longer beside it.
 */
export const tokenMarks = `
-- An empty mark fits no token.
alter table staff_sessions add column token_mark bytea not null default '';
alter table portal_sessions add column token_mark bytea not null default '';
alter table links add column token_mark bytea not null default '';
alter table report_links add column token_mark bytea not null default '';
alter table approver_requests add column token_mark bytea not null default '';
alter table approver_sessions add column token_mark bytea not null default '';
alter table api_clients add column token_mark bytea not null default '';

alter table sealed_inputs drop column session_token_hash, drop column session_language, drop column link_id;

-- As before (0180), with the mark.
create or replace function read_staff_session(p_token_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_staff_session(p_token_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select json_build_object('tenantId', s.tenant_id, 'sessionId', s.id, 'staffId', f.id, 'name', f.display_name,
      'email', f.email, 'role', f.role, 'personId', person_of_staff(f.tenant_id, f.id), 'amr', s.amr,
      'idleSeconds', case f.role when 'admin' then 600 else 900 end, 'endsAt', iso_instant(s.absolute_expires_at),
      'tenantName', t.name, 'tenantSlug', t.slug, 'tokenMark', encode(s.token_mark, 'hex'))
  into v_answer
  from staff_sessions s join staff f on f.tenant_id = s.tenant_id and f.id = s.staff_id join tenants t on t.id = s.tenant_id
  where s.tenant_id = v_tenant and s.id = v_id and s.ended_at is null and s.absolute_expires_at > now()
    and s.last_used_at > now() - make_interval(secs => case f.role when 'admin' then 600 else 900 end)
    and f.disabled_at is null;
  if v_answer is not null then
    update staff_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- As before (0010), with the person and the mark.
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
      'personId', s.person_id, 'language', s.language, 'probeNonce', s.probe_nonce, 'isLive', v_live,
      'endReason', s.end_reason, 'tokenMark', encode(s.token_mark, 'hex'))
  into v_answer
  -- For an hour after its end the ending can still be read and feedback given.
  from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id and s.absolute_expires_at > now() - interval '1 hour';
  if v_live then
    update portal_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- As before (0205), with the mark.
create or replace function read_api_client(p_key_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_api_client(p_key_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select json_build_object('tenantId', c.tenant_id, 'clientId', c.id, 'name', c.name, 'scopes', c.scopes,
      'tokenMark', encode(c.token_mark, 'hex'))
  into v_answer from api_clients c
  where c.tenant_id = v_tenant and c.id = v_id and c.revoked_at is null and c.expires_at > now();
  if v_answer is not null then
    update api_clients set last_used_at = now() where tenant_id = v_tenant and id = v_id
      and (last_used_at is null or last_used_at < now() - interval '15 seconds');
  end if;
  return v_answer;
end $$;
`
