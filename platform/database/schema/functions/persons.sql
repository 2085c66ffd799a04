-- Which person an account of the staff is, and what takes two people (D1, D7, D13).

-- Their own entry in the directory: the one they are linked to, else the one whom the identity provider knows by the same
-- subject, else the one whose work address is the verified mail address, if it is one person's. So a link that nobody has made
-- hides no case of their own (D7).
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
create or replace function compare_persons(p_tenant uuid, p_own uuid, p_other uuid) returns text language sql stable as $$
  select case when p_own = p_other or a.own = a.other then 'same' when a.own is null then 'not_linked'
    when a.other is null then 'other_not_linked' else 'another' end
  from (select person_of_staff(p_tenant, p_own) as own, person_of_staff(p_tenant, p_other) as other) a
$$;
