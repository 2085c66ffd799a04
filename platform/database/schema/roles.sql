-- Extensions, and the roles of the database. Roles belong to the whole server, so they may be there already.

-- people_search: words of a name by trigram, and the tenant, in one index.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- The two processes sign in as countersign_api and countersign_worker; the operator gives them a password. Nobody signs in as
-- the other three: they own functions (privileges/role-matrix.ts).
do $$ begin
  if not exists (select from pg_roles where rolname = 'countersign_api') then create role countersign_api nologin; end if;
  if not exists (select from pg_roles where rolname = 'countersign_worker') then create role countersign_worker nologin; end if;
  if not exists (select from pg_roles where rolname = 'countersign_resolver') then create role countersign_resolver nologin bypassrls; end if;
  if not exists (select from pg_roles where rolname = 'countersign_recorder') then create role countersign_recorder nologin; end if;
  if not exists (select from pg_roles where rolname = 'countersign_freezer') then create role countersign_freezer nologin; end if;
end $$;
