/** Staff who are known as people of the directory although nobody linked the two. */
export const staffPersons = `
-- Their own entry in the directory: the one they are linked to, else the one whom the identity provider knows by the same
-- subject, so that a link which nobody has made hides no case of their own (security.md D7).
create function person_of_staff(p_tenant uuid, p_staff uuid) returns uuid language sql stable as $$
  select coalesce(s.person_id, (select p.id from people p
      where p.tenant_id = s.tenant_id and p.sign_in_subject = s.subject
        and s.issuer = (select t.oidc_issuer from tenants t where t.id = s.tenant_id)))
  from staff s where s.tenant_id = p_tenant and s.id = p_staff
$$;

-- As before (0010), with the person found as above.
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
      'tenantName', t.name, 'tenantSlug', t.slug)
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
