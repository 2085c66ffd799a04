-- These functions resolve a cookie or a key: they set the tenant, then read, in one trip. They run
-- with the caller's rights, under its policies. A use is noted every fifteen seconds at most, so that a busy session
-- does not write with each request.

create or replace function iso_instant(p_at timestamptz) returns text language sql stable parallel safe as
$$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Resolves a staff cookie: the session, where it was signed in, and that it was used now. p_idle: seconds by role (F3).
create or replace function read_staff_session(p_token_hash bytea, p_idle jsonb) returns json language plpgsql as $$
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
      'idleSeconds', (p_idle ->> f.role)::integer, 'endsAt', iso_instant(s.absolute_expires_at),
      'tenantName', t.name, 'tenantSlug', t.slug, 'tokenMark', encode(s.token_mark, 'hex'),
      'place', json_build_object('browser', encode(s.browser_digest, 'hex'), 'network', encode(s.network_digest, 'hex'),
        'movedTo', encode(s.moved_to, 'hex'),
        'isThreatElevated', exists (select from elevated_threats where tenant_id = v_tenant and lowered_at is null)))
  into v_answer
  from staff_sessions s join staff f on f.tenant_id = s.tenant_id and f.id = s.staff_id join tenants t on t.id = s.tenant_id
  where s.tenant_id = v_tenant and s.id = v_id and s.ended_at is null and s.absolute_expires_at > now()
    and s.last_used_at > now() - make_interval(secs => (p_idle ->> f.role)::integer)
    and f.disabled_at is null;
  if v_answer is not null then
    update staff_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- Resolves a portal cookie. isLive is false once it ended or ran out; for p_readable seconds after its end the ending
-- can still be read and feedback given. The policy of the case says how long it may idle, and p_idle where there is
-- none, in seconds.
create or replace function read_portal_session(p_token_hash bytea, p_idle integer, p_readable integer) returns json
language plpgsql as $$
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
          where v.tenant_id = s.tenant_id and v.id = s.verification_id)), p_idle))
  into v_live from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id;
  select json_build_object('tenantId', s.tenant_id, 'sessionId', s.id, 'verificationId', s.verification_id,
      'personId', s.person_id, 'language', s.language, 'probeNonce', s.probe_nonce, 'deviceKey', s.device_key,
      'isLive', v_live, 'endReason', s.end_reason, 'tokenMark', encode(s.token_mark, 'hex'))
  into v_answer
  from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id
    and s.absolute_expires_at > now() - make_interval(secs => p_readable);
  if v_live then
    update portal_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- Resolves an API key, and notes that it was used now; nothing where it is unknown, revoked or expired.
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

-- For the trigger of staff.
create or replace function end_staff_sessions() returns trigger language plpgsql as $$
begin
  update staff_sessions set ended_at = now()
  where tenant_id = new.tenant_id and staff_id = new.id and ended_at is null;
  return null;
end $$;
