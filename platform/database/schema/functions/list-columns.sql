-- `migrate` puts the purposes that are done once they are decided in place of {result_purposes}.
-- Triggers that keep what the list filters by on the case's own row.

-- The row's own part of its step; and with the score, its reasons: the newest scoring counts.
create or replace function keep_list_columns() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.furthest_step := greatest(new.furthest_step, case
    when new.outcome = 'passed' then case when new.purpose in ({result_purposes}) then 8 else 7 end
    when new.scored_at is not null then 6
    when new.answers_completed_at is not null then 5
    when new.opened_at is not null then 4
    when new.sent_at is not null then 1
    else 0 end);
  if tg_op = 'UPDATE' and new.scored_at is not null and old.scored_at is null then
    new.score_reasons := array(select distinct r.value ->> 'code' from jsonb_array_elements((select s.score -> 'reasons'
      from scorings s where s.tenant_id = new.tenant_id and s.verification_id = new.id order by s.ordinal desc limit 1)) r
      order by 1);
  end if;
  return new;
end $$;

-- The reasons once more, as rows.
create or replace function keep_reasons() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into verification_reasons (tenant_id, verification_id, started_at, code)
  select new.tenant_id, new.id, new.created_at, r.code from unnest(new.score_reasons) r (code) on conflict do nothing;
  return null;
end $$;

-- Steps that are kept elsewhere. The API writes some of them and may not write this row, so they run as the recorder.
create or replace function raise_step() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set furthest_step = tg_argv[0]::smallint
  where v.tenant_id = new.tenant_id and v.id = new.verification_id and v.furthest_step < tg_argv[0]::smallint;
  return null;
end $$;

create or replace function keep_feedback() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set feedback = new.rating, commented = new.comment_sealed is not null
  where v.tenant_id = new.tenant_id and v.id = new.verification_id;
  return null;
end $$;

create or replace function keep_overturned() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set overturned = coalesce(v.outcome = 'failed' and new.label = 'false_refusal', false)
  where v.tenant_id = new.tenant_id and v.id = new.verification_id
    and v.overturned is distinct from coalesce(v.outcome = 'failed' and new.label = 'false_refusal', false);
  return null;
end $$;
