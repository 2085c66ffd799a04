/** Starts without an agent on the line: by an API client, and by people themselves. */
export const starts = `
alter table deliveries drop constraint deliveries_kind_check;
alter table deliveries add constraint deliveries_kind_check
  check (kind in ('link', 'second_code', 'entry_code', 'notice', 'approver_request'));

-- Who typed this login or work address, in whichever organisation. Nothing where several have it: nobody is guessed at.
create function resolve_participant(p_typed text, out tenant_id uuid, out person_id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (array_agg(p.tenant_id))[1], (array_agg(p.id))[1] from people p
  where (lower(p.login) = lower(p_typed) or lower(p.work_email) = lower(p_typed)) and p.account_state <> 'deleted'
  having count(*) = 1
$$;
create index people_typed_login on people (lower(login));
create index people_typed_email on people (lower(work_email));
`

/** Functions that look across tenants. */
export const startResolvers = ['resolve_participant(text)'] as const
