-- A process may call these before it knows the tenant. Each maps one credential to ids and says nothing else; whether
-- the row is still good is asked afterwards, inside the tenant. Their owner sees across tenants, and nobody can sign in
-- as it.

create or replace function resolve_staff(p_issuer text, p_subject text, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id from staff s where s.issuer = p_issuer and s.subject = p_subject $$;

create or replace function resolve_staff_session(p_token_hash bytea, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id from staff_sessions s where s.token_hash = p_token_hash $$;

create or replace function resolve_portal_session(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id, s.verification_id from portal_sessions s where s.token_hash = p_token_hash $$;

create or replace function resolve_api_client(p_key_hash bytea, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select c.tenant_id, c.id from api_clients c where c.key_hash = p_key_hash $$;

create or replace function resolve_link(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select l.tenant_id, l.id, l.verification_id from links l where l.token_hash = p_token_hash $$;

create or replace function resolve_report_link(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select l.tenant_id, l.id, l.verification_id from report_links l where l.token_hash = p_token_hash $$;

create or replace function resolve_approver_request(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select r.tenant_id, r.id, r.verification_id from approver_requests r where r.token_hash = p_token_hash $$;

create or replace function resolve_approver_session(p_token_hash bytea, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select s.tenant_id, s.id, s.verification_id from approver_sessions s where s.token_hash = p_token_hash $$;

create or replace function resolve_delivery(p_provider_id text, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select d.tenant_id, d.id, d.verification_id from deliveries d where d.provider_id = p_provider_id $$;

-- Which delivery a bounce is about: its address carries the id, under a signature.
create or replace function resolve_delivery_id(p_id uuid, out tenant_id uuid, out id uuid, out verification_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select d.tenant_id, d.id, d.verification_id from deliveries d where d.id = p_id $$;

create or replace function resolve_enrolment(p_token_hash bytea, out tenant_id uuid, out id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as
$$ select e.tenant_id, e.id from enrolments e where e.token_hash = p_token_hash $$;

-- The person whom this identity provider knows by this account, in whichever organisation. Nothing where several have it.
create or replace function resolve_account(p_issuer text, p_account text, out tenant_id uuid, out person_id uuid)
returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (array_agg(p.tenant_id))[1], (array_agg(p.id))[1] from people p join tenants t on t.id = p.tenant_id
  where t.oidc_issuer = p_issuer and p.sign_in_subject = p_account and p.account_state <> 'deleted'
  having count(*) = 1
$$;

-- The levels of sign-in that organisations with this identity provider ask for, where their policy lets people set up a
-- passkey; null where none does. A person who comes to do so has not said yet whose they are.
create or replace function enrolment_levels(p_issuer text) returns text[]
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array_agg(distinct level) filter (where level is not null) || array[]::text[]
  from tenants t
  cross join lateral (select n.document from policies n where n.tenant_id = t.id and n.effective_at <= now()
    order by n.version desc limit 1) p
  left join lateral jsonb_array_elements_text(p.document #> '{signIn,acrValues}') level on true
  where t.oidc_issuer = p_issuer and (p.document #>> '{signIn,enrolPasskeys}')::boolean
  having count(*) > 0
$$;

-- The person with this login or work address, in whichever organisation. Nothing where several have it: nobody is
-- guessed at.
create or replace function resolve_participant(p_typed text, out tenant_id uuid, out person_id uuid) returns setof record
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select (array_agg(p.tenant_id))[1], (array_agg(p.id))[1] from people p
  where (lower(p.login) = lower(p_typed) or lower(p.work_email) = lower(p_typed)) and p.account_state <> 'deleted'
  having count(*) = 1
$$;
