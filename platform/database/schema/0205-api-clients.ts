/** API clients: systems that call by HTTP under a key of their own (security.md E5). */
export const apiClients = `
create table api_clients (
  tenant_id uuid not null references tenants,
  id uuid not null,
  name text not null,
  -- what the key may be used for (domain/api-scopes.ts)
  scopes text[] not null,
  -- SHA-256 of the key, which is shown once and stored nowhere
  key_hash bytea not null unique,
  created_by text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create unique index api_clients_name on api_clients (tenant_id, name) where revoked_at is null;

create function resolve_api_client(p_key_hash bytea, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select c.tenant_id, c.id from api_clients c where c.key_hash = p_key_hash $$;

-- Whose key it is, and that it was used now; nothing where it is unknown, revoked or expired.
create function read_api_client(p_key_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_api_client(p_key_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select json_build_object('tenantId', c.tenant_id, 'clientId', c.id, 'name', c.name, 'scopes', c.scopes)
  into v_answer from api_clients c
  where c.tenant_id = v_tenant and c.id = v_id and c.revoked_at is null and c.expires_at > now();
  if v_answer is not null then
    update api_clients set last_used_at = now() where tenant_id = v_tenant and id = v_id
      and (last_used_at is null or last_used_at < now() - interval '15 seconds');
  end if;
  return v_answer;
end $$;

-- An import may come by a key, too.
alter table imports drop constraint imports_origin_check;
alter table imports add constraint imports_origin_check check (origin in ('console', 'shell', 'api'));
`

/** Functions that look across tenants. */
export const apiClientResolvers = ['resolve_api_client(bytea)'] as const
