-- The freeze of a participant who says "this was not me", its end, and the mark of protected accounts. They run as a role
-- that can take away what is live, let new cases begin again, send notices to the contacts, and nothing else.

-- The freeze (B9, B13): one transaction, which works even when every worker is dead. Live links and grants are void, portal
-- sessions end, new verifications are blocked for a while, and every contact gets a notice. It can only take away. False:
-- this report is known already.
create or replace function freeze_person(
  p_tenant uuid, p_person uuid, p_verification uuid, p_report uuid, p_source text, p_block_seconds integer
) returns boolean language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'a participant is frozen in the tenant of the transaction' using errcode = '42501';
  end if;
  insert into reports (tenant_id, id, verification_id, person_id, source)
  values (p_tenant, p_report, p_verification, p_person, p_source) on conflict do nothing;
  if not found then return false; end if;
  update people set blocked_until = greatest(coalesce(blocked_until, now()), now() + make_interval(secs => p_block_seconds))
  where tenant_id = p_tenant and id = p_person;
  update links set voided_at = now()
  where tenant_id = p_tenant and person_id = p_person and used_at is null and superseded_at is null and voided_at is null;
  update grants set voided_at = now(), void_reason = 'reported'
  where tenant_id = p_tenant and person_id = p_person and spent_at is null and voided_at is null;
  update portal_sessions set ended_at = now(), end_reason = 'reported'
  where tenant_id = p_tenant and person_id = p_person and ended_at is null;
  insert into notices (tenant_id, verification_id, person_id, kind, contact_id, channel)
  select p_tenant, p_verification, p_person, 'frozen', c.id, case c.kind when 'phone' then 'sms' else 'email' end
  from contacts c where c.tenant_id = p_tenant and c.person_id = p_person and c.removed_at is null
  on conflict do nothing;
  return true;
end $$;

-- Lets new verifications of a person begin again and sends every contact a notice. What the reports ended stays ended. The
-- function itself checks who may do it, whatever called: a supervisor, and never a person who started or decided a case that
-- was reported. 'lifted', 'not_frozen', 'not_permitted' or 'own_part'.
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

-- Everything looks at the mark on the person; it follows the list, and no other code of ours can change it.
create or replace function keep_protected() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update people p set never_via_help_desk = exists (select from protected_accounts a
    where a.tenant_id = new.tenant_id and a.person_id = new.person_id and a.off_at is null)
  where p.tenant_id = new.tenant_id and p.id = new.person_id;
  -- Outside the tenant of the transaction no person is seen: then nothing is stored rather than half of it.
  if not found then raise exception 'the person of this account is not of this tenant' using errcode = '42501'; end if;
  return null;
end $$;
