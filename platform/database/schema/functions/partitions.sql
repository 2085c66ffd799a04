-- Months of the tables that grow.

-- Row triggers and indexes come with the parent; policies and truncate triggers do not.
create or replace function secure_partition(p_parent text, p_partition text) returns void language plpgsql
set search_path = pg_catalog, public, pg_temp as $$
begin
  perform secure_tenant_table(p_partition::regclass);
  if p_parent = 'audit' then
    execute format('create trigger audit_no_truncate before truncate on %I for each statement execute function refuse_audit_change()',
      p_partition);
  end if;
end $$;

-- Creates what is missing from four months back to p_months_ahead, and one default partition each, secured like their parents.
-- Gives the number created. Every migration runs it, and the worker does once a day; it waits for no lock longer than three
-- seconds, since the next run tries again. A month whose rows already lie in the default partition (the function did not run
-- for a whole quarter) stays there, with a warning.
create or replace function ensure_partitions(p_months_ahead integer default 3) returns integer language plpgsql security definer
-- pg_catalog comes first by itself; named here, it would be where tables are created.
set search_path = public, pg_temp set lock_timeout = '3s' set timezone = 'UTC' as $$
declare
  v_table text;
  v_from date;
  v_name text;
  v_in_default boolean;
  v_created integer := 0;
begin
  if p_months_ahead not between 0 and 24 then
    raise exception 'months ahead must be from 0 to 24' using errcode = '22023';
  end if;
  foreach v_table in array array['verifications', 'answers', 'audit', 'outbox'] loop
    if to_regclass(v_table || '_default') is null then
      execute format('create table %I partition of %I default', v_table || '_default', v_table);
      perform secure_partition(v_table, v_table || '_default');
      v_created := v_created + 1;
    end if;
    for v_month in -4..p_months_ahead loop
      v_from := (date_trunc('month', now()) + make_interval(months => v_month))::date;
      v_name := v_table || to_char(v_from, '_YYYY_MM');
      continue when to_regclass(v_name) is not null;
      execute format('select exists (select from %I where created_at >= %L and created_at < %L)',
        v_table || '_default', v_from, (v_from + interval '1 month')::date) into v_in_default;
      if v_in_default then
        raise warning 'rows of % are in the default partition; it is not created', v_name;
        continue;
      end if;
      execute format('create table %I partition of %I for values from (%L) to (%L)',
        v_name, v_table, v_from, (v_from + interval '1 month')::date);
      perform secure_partition(v_table, v_name);
      v_created := v_created + 1;
    end loop;
  end loop;
  return v_created;
end $$;
