/** A freeze ("this was not me") ends before its time: by a supervisor who had no part in what was reported (security.md B9, H6). */
export const liftedFreezes = `
alter table reports add column lifted_at timestamptz, add column lifted_by uuid, add column lifted_by_name text,
  add column lift_reason text;
create index reports_recent on reports (tenant_id, at desc);
create index intents_person_begun on intents (tenant_id, person_id, acted_at) where acted_at is not null;

alter table notices drop constraint notices_kind_check;
alter table notices add constraint notices_kind_check check (kind in
  ('started', 'finished', 'refused', 'password_changed', 'passkey_added', 'frozen', 'account_locked', 'unfrozen'));

alter table staff_notices drop constraint staff_notices_kind_check;
alter table staff_notices add constraint staff_notices_kind_check check (kind in
  ('proposed', 'accepted', 'called_off', 'hastened', 'took_effect', 'passkey_added', 'passkey_removed',
   'approver_named', 'approver_accepted', 'approver_ended', 'harvest_suspected', 'participant_reported'));

-- Lets new verifications of a person begin again and tells every contact. What the reports ended stays ended. Who may do
-- it is asked here as well, whatever called: a supervisor, never one who started or decided a case that was reported.
-- 'lifted', 'not_frozen', 'not_permitted' or 'own_part'.
create function lift_freeze(p_tenant uuid, p_person uuid, p_staff uuid, p_reason text) returns text
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
    where r.tenant_id = p_tenant and r.person_id = p_person and r.lifted_at is null and r.at > now() - interval '30 days'
      and (v.referrer_id = p_staff or v.decided_by_id = p_staff::text or v.second_by = p_staff)
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

/** Runs as the role that freezes: it gives nothing back but the right to start anew. */
export const lifterFunctions = ['lift_freeze(uuid, uuid, uuid, text)'] as const
