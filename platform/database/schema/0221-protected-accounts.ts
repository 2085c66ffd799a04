/** Accounts that the help desk never handles: who put them there, and who took them off (security.md D3). */
export const protectedAccounts = `
create table protected_accounts (
  tenant_id uuid not null references tenants,
  id uuid not null,
  person_id uuid not null,
  reason text not null,
  added_by uuid,
  added_by_name text not null,
  added_at timestamptz not null default now(),
  -- one person asks for it to be taken off, an admin who is somebody else takes it off
  off_asked_by uuid,
  off_asked_by_name text,
  off_reason text,
  off_asked_at timestamptz,
  off_by uuid,
  off_by_name text,
  off_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id),
  check ((off_asked_by is null) = (off_asked_at is null)),
  check (off_at is null or (off_by is not null and off_asked_by is not null and off_by <> off_asked_by))
);
create unique index protected_accounts_live on protected_accounts (tenant_id, person_id) where off_at is null;

-- What everything looks at stands on the person; it follows the list, and nobody else of ours can change it.
create function keep_protected() returns trigger
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update people p set never_via_help_desk = exists (select from protected_accounts a
    where a.tenant_id = new.tenant_id and a.person_id = new.person_id and a.off_at is null)
  where p.tenant_id = new.tenant_id and p.id = new.person_id;
  -- Outside the tenant of the transaction no person is seen: then nothing is stored rather than half of it.
  if not found then raise exception 'the person of this account is not of this tenant' using errcode = '42501'; end if;
  return null;
end $$;
create trigger keep_protected after insert or update on protected_accounts for each row execute function keep_protected();
`

/** Runs as the role that can take away what is live: it may change that one column. */
export const protectedFunctions = ['keep_protected()'] as const
