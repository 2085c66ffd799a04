-- Isolation of tenants: who may see a row, and how a table is secured.

-- The tenant of this transaction; null without one, and then no row of any tenant is visible (I4).
-- No search_path is pinned here: it would keep the planner from inlining the function into each policy.
create or replace function current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(pg_catalog.current_setting('app.tenant', true), '')::pg_catalog.uuid $$;

-- Row-level security on one table, enabled and forced, with the one policy that every tenant table has.
create or replace function secure_tenant_table(p_table regclass) returns void language plpgsql
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

-- All of them, partitions included. sign_in_transactions (a sign-in begins before its tenant is known) and relay_cursors (one
-- relay serves all tenants) have no tenant, hence no policy.
create or replace function secure_tenant_tables() returns void language plpgsql
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

-- Ids of all organisations, for a process that goes through them one by one.
create or replace function tenant_ids() returns setof uuid
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select t.id from tenants t order by t.id $$;
