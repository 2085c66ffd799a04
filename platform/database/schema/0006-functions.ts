/** Isolation of tenants: who may see a row, and how a credential finds its tenant before one is known. */
export const isolation = `
-- The tenant of this transaction; null without one, and then no row of any tenant is visible (security.md I4).
-- No pinned search_path here: it would keep the planner from inlining the function into each policy.
create function current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(pg_catalog.current_setting('app.tenant', true), '')::pg_catalog.uuid $$;

-- Row-level security on one table, enabled and forced, with the one policy that every tenant table has.
create function secure_tenant_table(p_table regclass) returns void language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  v_column text := case when p_table = 'tenants'::regclass then 'id' else 'tenant_id' end;
begin
  if exists (select from pg_class where oid = p_table and not (relrowsecurity and relforcerowsecurity)) then
    execute format('alter table %s enable row level security, force row level security', p_table);
  end if;
  if not exists (select from pg_policy where polrelid = p_table and polname = 'tenant_rows') then
    execute format('create policy tenant_rows on %1$s using (%2$I = current_tenant()) with check (%2$I = current_tenant())',
      p_table, v_column);
  end if;
end $$;

-- All of them, partitions included. Without a tenant, hence without a policy: sign_in_transactions (a sign-in begins
-- before its tenant is known) and relay_cursors (one relay serves all tenants).
create function secure_tenant_tables() returns void language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
declare
  v_table regclass;
begin
  for v_table in
    select c.oid from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and (c.relname = 'tenants' or exists (
        select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
    order by c.oid
  loop
    perform secure_tenant_table(v_table);
  end loop;
end $$;
select secure_tenant_tables();

-- The relay reads the outbox of all tenants, in a transaction that says so.
create policy relay_rows on outbox for select to countersign_worker
  using (current_setting('app.relay', true) = 'on');
`

/**
 * Functions that a process may call before it knows the tenant. Each maps one credential to ids and says nothing
 * else; whether the row is still good is asked afterwards, inside the tenant. Their owner sees across tenants and
 * nobody can sign in as it.
 */
export const resolvers = `
create function resolve_staff_session(p_token_hash bytea, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id from staff_sessions s where s.token_hash = p_token_hash $$;

create function resolve_portal_session(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id, s.verification_id from portal_sessions s where s.token_hash = p_token_hash $$;

create function resolve_link(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select l.tenant_id, l.id, l.verification_id from links l where l.token_hash = p_token_hash $$;

create function resolve_report_link(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select l.tenant_id, l.id, l.verification_id from report_links l where l.token_hash = p_token_hash $$;

create function resolve_staff(p_issuer text, p_subject text, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id from staff s where s.issuer = p_issuer and s.subject = p_subject $$;

create function resolve_delivery(p_provider_id text, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select d.tenant_id, d.id, d.verification_id from deliveries d where d.provider_id = p_provider_id $$;

create function tenant_ids() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select t.id from tenants t order by t.id $$;

-- People whose name, address or login contains the needle. LIKE is not leakproof, so under row-level security it
-- cannot use the trigram index (performance.md 3.2); this narrow function filters by tenant itself and gives ids only,
-- which the caller reads under its own policies.
create function people_like(p_tenant uuid, p_needle text, p_limit integer, p_most integer) returns setof uuid
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  v_needle text := lower(btrim(p_needle));
  v_pattern text := '%' || replace(replace(replace(v_needle, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
begin
  if p_tenant is distinct from current_tenant() then
    raise exception 'people are searched in the tenant of the transaction' using errcode = '42501';
  end if;
  if char_length(v_needle) < 3 then
    raise exception 'a search needs at least 3 characters' using errcode = '22023';
  end if;
  return query
    select p.id from people p
    where p.tenant_id = p_tenant and p.search_text like v_pattern and p.account_state <> 'deleted'
    order by (p.login = v_needle or lower(p.work_email) = v_needle) desc, p.display_name, p.id
    limit greatest(0, least(p_limit, p_most));
end $$;

-- For the search of people: at most 20 (security.md D9).
create function search_people(p_tenant uuid, p_needle text, p_limit integer default 20) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select people_like(p_tenant, p_needle, p_limit, 20) $$;

-- For the search of verifications by their participant: at most 50 people (performance.md 3.2).
create function people_matching(p_tenant uuid, p_needle text) returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select people_like(p_tenant, p_needle, 50, 50) $$;
`

/** Names and arguments of the functions that belong to the role with a view across tenants. */
export const resolverFunctions = [
  'resolve_staff_session(bytea)',
  'resolve_portal_session(bytea)',
  'resolve_link(bytea)',
  'resolve_report_link(bytea)',
  'resolve_staff(text, text)',
  'resolve_delivery(text)',
  'tenant_ids()',
  'people_like(uuid, text, integer, integer)',
  'search_people(uuid, text, integer)',
  'people_matching(uuid, text)',
] as const

/** Hands functions to the role they run as, which may create nothing itself. */
export const ownership = (role: string, functions: readonly string[]): string =>
  [
    `grant ${role} to current_user`,
    `grant create on schema public to ${role}`,
    ...functions.map((signature) => `alter function ${signature} owner to ${role}`),
    `revoke create on schema public from ${role}`,
  ].join(';\n') + ';\n'
