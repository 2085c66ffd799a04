/** What takes two people takes two persons, not two accounts (security.md D1, D13). */
export const twoPeople = `
-- The mail address that the identity provider verified at the last sign-in; null where it said nothing of it.
alter table staff add column verified_email text;

-- As before (0180); where neither a link nor a subject says who it is, the verified mail address does, if it is one person's.
create or replace function person_of_staff(p_tenant uuid, p_staff uuid) returns uuid language sql stable as $$
  select coalesce(s.person_id,
    (select p.id from people p where p.tenant_id = s.tenant_id and p.sign_in_subject = s.subject
      and s.issuer = (select t.oidc_issuer from tenants t where t.id = s.tenant_id)),
    (select min(p.id::text)::uuid from people p where p.tenant_id = s.tenant_id and p.account_state <> 'deleted'
      and lower(p.work_email) collate "C" = lower(s.verified_email) having count(*) = 1))
  from staff s where s.tenant_id = p_tenant and s.id = p_staff
$$;

-- THE rule of everything that takes two people: how an account of the staff compares with another one as persons.
-- 'another' is the only answer that lets it be the second. An account that is known to be nobody's might be anybody's.
create function compare_persons(p_tenant uuid, p_own uuid, p_other uuid) returns text language sql stable as $$
  select case when p_own = p_other or a.own = a.other then 'same' when a.own is null then 'not_linked'
    when a.other is null then 'other_not_linked' else 'another' end
  from (select person_of_staff(p_tenant, p_own) as own, person_of_staff(p_tenant, p_other) as other) a
$$;

-- As before (0230), by persons.
create or replace function lift_freeze(p_tenant uuid, p_person uuid, p_staff uuid, p_reason text) returns text
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  v_name text;
  v_verification uuid;
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'a freeze is lifted in the tenant of the transaction' using errcode = '42501';
  end if;
  select display_name into v_name from staff
  where tenant_id = p_tenant and id = p_staff and role = 'supervisor' and disabled_at is null;
  if not found then return 'not_permitted'; end if;
  -- one lift at a time, and none beside a report
  perform from people where tenant_id = p_tenant and id = p_person for update;
  select verification_id into v_verification from reports
  where tenant_id = p_tenant and person_id = p_person and lifted_at is null and at > now() - interval '30 days'
  order by at desc limit 1;
  if not found then return 'not_frozen'; end if;
  if exists (
    select from reports r join verifications v on v.tenant_id = r.tenant_id and v.id = r.verification_id
    join staff s on s.tenant_id = v.tenant_id and s.id::text in (v.referrer_id::text, v.decided_by_id, v.second_by::text)
    where r.tenant_id = p_tenant and r.person_id = p_person and r.lifted_at is null and r.at > now() - interval '30 days'
      and compare_persons(p_tenant, p_staff, s.id) <> 'another'
  ) then return 'own_part'; end if;
  update reports set lifted_at = now(), lifted_by = p_staff, lifted_by_name = v_name, lift_reason = p_reason
  where tenant_id = p_tenant and person_id = p_person and lifted_at is null;
  update people set blocked_until = null where tenant_id = p_tenant and id = p_person;
  insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel)
  select p_tenant, v_verification, p_person, 'unfrozen', c.id, case c.kind when 'phone' then 'sms' else 'email' end
  from contacts c where c.tenant_id = p_tenant and c.person_id = p_person and c.removed_at is null
  on conflict do nothing;
  return 'lifted';
end $$;
`
