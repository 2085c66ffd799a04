-- The list of verifications. p_filter: q outcome state purpose channel referrer band personId riskFrom riskTo from to within
-- step reason feedback commented overturned sort order after limit count. p_viewer: isAgent (a report reads as failed), scores,
-- excluded (people whose cases are not shown).
-- The planner takes matches to lie evenly along a sort; but open cases, say, all lie at one end of the order by risk, and a
-- walk along it would pass a million rows. So few matches are gathered first and then sorted; only many are looked for
-- along the sort's index. One value is compared as one, since that keeps its index in the order of time. Joins go row by
-- row: they are of few rows, and for one by tenant, id and time the planner expects a single row and would read all.
create or replace function list_verifications(p_tenant uuid, p_filter jsonb, p_viewer jsonb) returns text
language plpgsql set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set max_parallel_workers_per_gather = 0 as $$
declare
  v_agent boolean := coalesce((p_viewer ->> 'isAgent')::boolean, true);
  v_scores boolean := coalesce((p_viewer ->> 'scores')::boolean, false);
  v_excluded uuid[] := array(select jsonb_array_elements_text(coalesce(p_viewer -> 'excluded', '[]'))::uuid);
  v_outcomes text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'outcome', '[]')));
  v_states text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'state', '[]')));
  v_purposes text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'purpose', '[]')));
  v_channels text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'channel', '[]')));
  v_referrers uuid[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'referrer', '[]'))::uuid);
  v_bands text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'band', '[]')));
  v_ratings text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'feedback', '[]')));
  v_reasons text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'reason', '[]')));
  v_step smallint := (p_filter ->> 'step')::smallint;
  v_person uuid := (p_filter ->> 'personId')::uuid;
  v_risk_from smallint := round((p_filter ->> 'riskFrom')::numeric * 10);
  v_risk_to smallint := round((p_filter ->> 'riskTo')::numeric * 10);
  v_since timestamptz := (p_filter ->> 'from')::timestamptz;
  v_to timestamptz := (p_filter ->> 'to')::timestamptz;
  v_after jsonb := p_filter -> 'after';
  v_limit integer := coalesce((p_filter ->> 'limit')::integer, 50);
  v_q text := p_filter ->> 'q';
  -- Gathered at most. Of a million rows, so many are gathered as quickly as a page is found by walking.
  v_few constant integer := 6000;
  v_found uuid[];
  v_people uuid[];
  v_down boolean := coalesce(p_filter ->> 'order', 'desc') = 'desc';
  v_shown text := case when v_agent
    then '(case when v.outcome is null then '''' when v.outcome = ''reported'' then ''failed'' else v.outcome end)'
    else '(case when v.outcome is null then '''' else v.outcome end)' end;
  v_risk constant text := '(case when v.risk_tenths is null then (-1)::smallint else v.risk_tenths end)';
  v_key text := case coalesce(p_filter ->> 'sort', 'started')
    when 'started' then null
    when 'completed' then '(case when v.closed_at is null then ''-infinity''::timestamptz else v.closed_at end)'
    when 'risk' then v_risk
    when 'outcome' then v_shown
    when 'purpose' then 'v.purpose' end;
  v_type text := case coalesce(p_filter ->> 'sort', 'started')
    when 'completed' then 'timestamptz' when 'risk' then 'smallint' else 'text' end;
  v_dir text := case when v_down then 'desc' else 'asc' end;
  v_where text := 'v.tenant_id = $1';
  -- Cases that are not shown take so few rows away that they narrow nothing.
  v_hidden text := '';
  v_is_narrowed boolean;
  v_lowest smallint;
  v_highest smallint;
  v_narrow text := '';
  v_page text := 'true';
  v_order text;
  v_column text;
  v_place integer;
  v_size integer;
  v_json text;
  v_walk text;
  v_forms text[];
  v_form text;
  v_found_count bigint;
  v_rows jsonb;
  v_count bigint;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  for v_column, v_place, v_size in values (v_shown, 2, cardinality(v_outcomes)), ('v.state', 3, cardinality(v_states)),
      ('v.purpose', 4, cardinality(v_purposes)), ('v.channel', 5, cardinality(v_channels)),
      ('v.referrer_id', 6, cardinality(v_referrers)), ('v.band', 17, cardinality(v_bands)),
      ('v.feedback', 18, cardinality(v_ratings)) loop
    continue when v_size = 0;
    v_where := v_where || format(case v_size when 1 then ' and %s = ($%s)[1]' else ' and %s = any ($%s)' end, v_column, v_place);
  end loop;
  if cardinality(v_outcomes) > 0 and cardinality(v_referrers) > 0 then
    -- The same once more, in the form that their joint index knows.
    v_where := v_where || format(' and v.outcome = any (%L)',
      case when v_agent and 'failed' = any (v_outcomes) then v_outcomes || array['reported'] else v_outcomes end);
  end if;
  if v_person is not null then v_where := v_where || ' and v.person_id = $7'; end if;
  if v_scores and v_risk_from is not null then
    v_where := v_where || format(' and %s >= $8', v_risk); end if;
  if v_scores and v_risk_to is not null then
    v_where := v_where || format(' and %1$s >= 0::smallint and %1$s <= $9', v_risk); end if;
  if cardinality(v_excluded) > 0 then v_hidden := ' and v.person_id <> all ($12)'; end if;
  if v_step is not null then
    -- A page that was seen is no step of the row. By a scalar query: what EXISTS finds might be hashed, all visits of it.
    v_where := v_where || case when v_step in (2, 3)
      then ' and (v.furthest_step >= $19 or (select true from link_visits i where i.tenant_id = $1
        and i.verification_id = v.id and i.kind = ''page_seen'' limit 1) is not null)'
      else ' and v.furthest_step >= $19' end;
    -- Said once more for the sorts: without it a walk would begin where none of these can be.
    if v_step >= 6 then v_where := v_where || format(' and %s >= 0::smallint', v_risk); end if;
    if v_step >= 7 then v_where := v_where || format(' and %s = ''passed''', v_shown); end if;
  end if;
  if cardinality(v_bands) > 0 then
    -- The same for the risks that the bands reach from and to; a policy may draw them elsewhere than the one before.
    execute format('select min(least(b.low, b.high)), max(greatest(b.low, b.high)) from unnest($2) band (name) cross join lateral (
      select (select %1$s from verifications v where v.tenant_id = $1 and v.band = band.name order by %1$s limit 1) as low,
        (select %1$s from verifications v where v.tenant_id = $1 and v.band = band.name order by %1$s desc limit 1) as high) b',
      v_risk) into v_lowest, v_highest using p_tenant, v_bands;
    v_where := v_where || coalesce(format(' and %1$s >= %2$s::smallint and %1$s <= %3$s::smallint',
      v_risk, v_lowest, v_highest), ' and false');
  end if;
  if p_filter -> 'commented' is not null then v_where := v_where || ' and v.commented and v.feedback is not null'; end if;
  if p_filter -> 'overturned' is not null then v_where := v_where || ' and v.overturned'; end if;
  if p_filter -> 'within' is not null then
    -- Pieces of the period, each an index scan of its own; without one nothing can match.
    v_where := v_where || coalesce((select ' and (' || string_agg(format('v.created_at >= %L and v.created_at < %L',
        (w.piece ->> 0)::timestamptz, (w.piece ->> 1)::timestamptz), ' or ') || ')'
      from jsonb_array_elements(p_filter -> 'within') w (piece)), ' and false');
  end if;
  v_is_narrowed := v_where <> 'v.tenant_id = $1' or v_q is not null;
  if v_since is not null then v_where := v_where || ' and v.created_at >= $10'; end if;
  if v_to is not null then v_where := v_where || ' and v.created_at < $11'; end if;
  v_is_narrowed := v_is_narrowed or (v_where <> 'v.tenant_id = $1' and cardinality(v_reasons) = 0);
  if cardinality(v_reasons) > 0 then
    v_where := v_where || format(' and v.score_reasons && $20 and %s >= 0::smallint', v_risk);
    -- Rare ones are found by the table beside, common ones soon enough in the rows themselves.
    select count(*) into v_count from (select from verification_reasons r
      where r.tenant_id = p_tenant and r.code = any (v_reasons)
        and r.started_at >= coalesce(v_since, '-infinity') and r.started_at < coalesce(v_to, 'infinity')
      limit v_few + 1) c;
    if v_count <= v_few then
      v_narrow := ' and exists (select from verification_reasons r where r.tenant_id = $1 and r.verification_id = v.id
        and r.started_at = v.created_at and r.code = any ($20)'
        || case when v_since is null then '' else ' and r.started_at >= $10' end
        || case when v_to is null then ')' else ' and r.started_at < $11)' end;
    end if;
    v_is_narrowed := v_is_narrowed or v_count <= v_few;
  end if;
  if v_q is not null then
    v_people := array(select people_matching(p_tenant, v_q));
    v_found := array(
      select c.id from unnest(v_people) person (id) cross join lateral (
        select v.id from verifications v where v.tenant_id = p_tenant and v.person_id = person.id
        order by v.created_at desc, v.id desc limit 50) c
      union
      (select v.id from verifications v where v.tenant_id = p_tenant and v.ticket collate "C" >= v_q
        and v.ticket collate "C" < v_q || U&'\FFFF' order by v.created_at desc, v.id desc limit 200)
      union
      select c.id from staff s cross join lateral (
        select v.id from verifications v where v.tenant_id = p_tenant and v.referrer_id = s.id
        order by v.created_at desc, v.id desc limit 200) c
      where s.tenant_id = p_tenant and position(lower(v_q) in lower(s.display_name)) > 0);
    v_where := v_where || ' and v.id = any ($13)';
  end if;
  if v_key is null then
    v_order := format('v.created_at %1$s, v.id %1$s', v_dir);
    if v_after is not null then
      v_page := format('(v.created_at, v.id) %s (($14 ->> 1)::timestamptz, ($14 ->> 2)::uuid)',
        case when v_down then '<' else '>' end);
    end if;
  else
    v_order := format('%1$s %2$s, v.created_at %2$s, v.id %2$s', v_key, v_dir);
    if v_after is not null then
      v_page := format('(%s, v.created_at, v.id) %s (($14 ->> 0)::%s, ($14 ->> 1)::timestamptz, ($14 ->> 2)::uuid)',
        v_key, case when v_down then '<' else '>' end, v_type);
    end if;
  end if;
  -- A page shows this of the verifications that %s gives.
  v_json := format($sql$
    select jsonb_agg(jsonb_build_object('row', r.row, 'at', r.at) order by r.place) from (
      select row_number() over (order by %1$s) as place, jsonb_build_array(%2$s, v.created_at, v.id) as at, jsonb_build_object(
        'id', v.id,
        'participant', jsonb_build_object('id', p.id, 'name', p.display_name, 'email', p.work_email),
        'purpose', v.purpose, 'state', v.state,
        'outcome', nullif(%3$s, ''),
        'decision', case when $15 and v.outcome = 'reported' then 'refused' else v.decision end,
        'action', coalesce(a.state, 'none'),
        'risk', case when $16 then v.risk_tenths / 10.0 end,
        'band', v.band,
        'referrer', jsonb_build_object('id', v.referrer_id, 'name', v.referrer_name),
        'channel', v.channel, 'contactMasked', v.contact_masked, 'ticket', v.ticket, 'feedback', v.feedback,
        'startedAt', iso_instant(v.created_at), 'completedAt', iso_instant(v.closed_at)) as row
      from (%%s) v
      join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
      left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id) r $sql$,
    v_order, coalesce(v_key, 'null'), v_shown);
  v_walk := format(v_json, format('select v.* from verifications v where %s and %s order by %s limit %s',
    v_where || v_hidden, v_page, v_order, v_limit + 1));
  if v_is_narrowed then
    v_forms := array[
      format($sql$
        with few as materialized (select v.id, v.created_at, v.outcome, v.purpose, v.risk_tenths, v.closed_at
          from verifications v where %s limit %s)
        select (select count(*) from few), (%s) $sql$,
        v_where || v_hidden || v_narrow, v_few + 1, format(v_json, format($sql$
          select v.* from (select v.id, v.created_at from few v where (select count(*) from few) <= %s and %s
            order by %s limit %s) t
          join verifications v on v.tenant_id = $1 and v.id = t.id and v.created_at = t.created_at $sql$,
          v_few, v_page, v_order, v_limit + 1))),
      format('select null::bigint, (%s)', v_walk)];
  elsif v_count is null and coalesce((p_filter ->> 'count')::boolean, true) then
    v_forms := array[format('select (select count(*) from (select from verifications v where %s limit 1001) c), (%s)',
      v_where || v_hidden, v_walk)];
  else
    v_forms := array[format('select null::bigint, (%s)', v_walk)];
  end if;
  foreach v_form in array v_forms loop
    execute v_form into v_found_count, v_rows
    using p_tenant, v_outcomes, v_states, v_purposes, v_channels, v_referrers, v_person, v_risk_from, v_risk_to, v_since, v_to,
      v_excluded, v_found, v_after, v_agent, v_scores, v_bands, v_ratings, v_step, v_reasons;
    v_count := coalesce(v_found_count, v_count);
    exit when v_count <= v_few;
  end loop;
  v_rows := coalesce(v_rows, '[]');
  return jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(e.value -> 'row' order by e.ordinality), '[]')
      from jsonb_array_elements(v_rows) with ordinality e where e.ordinality <= v_limit),
    'nextCursor', case when jsonb_array_length(v_rows) > v_limit
      then encode(convert_to((v_rows -> (v_limit - 1) -> 'at')::text, 'UTF8'), 'hex') end,
    'count', jsonb_build_object('value', least(coalesce(v_count, 0), 1000), 'capped', coalesce(v_count, 0) > 1000),
    'referrers', (select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.display_name) order by s.display_name, s.id), '[]')
      from (select id, display_name from staff where tenant_id = p_tenant and role in ('agent', 'supervisor')
        order by display_name, id limit 200) s),
    'searchCapped', coalesce(cardinality(v_people) >= 50, false))::text;
end $$;
