/**
 * What the workflows need beside the first tables: where a reset's workflow is found, the second code as an input, and
 * the freeze of a participant who says "this was not me".
 */
export const workflowSupport = `
alter table actions add column workflow_id text;
create index actions_open on actions (tenant_id, person_id) where state in ('granted', 'in_progress');
create index reports_verification on reports (tenant_id, verification_id);

-- fact_digest: this participant's fact ("not the same one again"); value_digest: the true value, alike for everybody who
-- shares it ("one fact, one list"). Fixed lists such as quarters have a name, not a row of question_blocks.
alter table disclosures add column value_digest bytea;
alter table disclosures alter column block_id type text;
alter table question_blocks alter column id type text;
create index disclosures_value on disclosures (tenant_id, shown_at) where value_digest is not null;

alter table notices add column begun_at timestamptz;

alter table sealed_inputs drop constraint sealed_inputs_kind_check;
alter table sealed_inputs add constraint sealed_inputs_kind_check check (kind in ('match_code', 'second_code', 'password'));
create index sealed_inputs_expired on sealed_inputs (expires_at);

do $$ begin
  if not exists (select from pg_roles where rolname = 'countersign_freezer') then create role countersign_freezer nologin; end if;
end $$;

-- "This was not me" (security.md B9, B13): one transaction that holds with every worker dead. Live links and grants are
-- void, portal sessions end, new verifications are blocked for a while, and every contact will be told. It can only
-- take away. False: this report is known already.
create function freeze_person(
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
`

/** Runs as a role that may do nothing but freeze. */
export const freezerFunctions = ['freeze_person(uuid, uuid, uuid, uuid, text, integer)'] as const
