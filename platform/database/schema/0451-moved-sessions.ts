/**
 * Where a staff session was signed in, as keyed digests of browser and network, and that it was used where both are others
 * (security.md F4): whoever has only the cookie is seen.
 */
export const movedSessions = `
alter table staff_sessions
  add column browser_digest bytea,
  add column network_digest bytea,
  -- the newest browser and network that it was told of
  add column moved_to bytea;

create table moved_sessions (
  tenant_id uuid not null references tenants,
  id uuid not null default gen_random_uuid(),
  staff_id uuid not null,
  staff_name text not null,
  -- under elevated threat, so that somebody has to sign in again
  is_ended boolean not null,
  moved_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references staff (tenant_id, id)
);
create index moved_sessions_at on moved_sessions (tenant_id, moved_at desc);
create index moved_sessions_member on moved_sessions (tenant_id, staff_id, moved_at desc);

-- As before (0400), with where it was signed in.
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
      'tenantName', t.name, 'tenantSlug', t.slug, 'tokenMark', encode(s.token_mark, 'hex'),
      'place', json_build_object('browser', encode(s.browser_digest, 'hex'), 'network', encode(s.network_digest, 'hex'),
        'movedTo', encode(s.moved_to, 'hex'),
        'isThreatElevated', exists (select from elevated_threats where tenant_id = v_tenant and lowered_at is null)))
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
`
