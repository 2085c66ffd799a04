-- The list of verifications. p_filter: q outcome state purpose channel referrer band personId riskFrom riskTo from to within
-- step reason feedback commented overturned sort order after limit count. p_viewer: isAgent (a report reads as failed), scores,
-- excluded (people whose cases are not shown).
-- Each sort has its index, which also holds facets and purpose: a page is found by walking along the sort in the index alone,
-- and only its rows are read. The planner takes matches to lie evenly along a sort; but open cases, say, all lie at one end of
-- the order by risk. So few matches are gathered first and then sorted; only many are looked for along the sort. Joins go row
-- by row: they are of few rows, and for one by tenant, id and time the planner expects a single row and would read all.
create or replace function list_verifications(p_tenant uuid, p_filter jsonb, p_viewer jsonb) returns text
language plpgsql set plan_cache_mode = force_custom_plan set enable_seqscan = off set enable_hashjoin = off
set enable_mergejoin = off set max_parallel_workers_per_gather = 0 as $$
declare
  v_agent boolean := coalesce((p_viewer ->> 'isAgent')::boolean, true);
  v_scores boolean := coalesce((p_viewer ->> 'scores')::boolean, false);
  v_excluded uuid[] := array(select jsonb_array_elements_text(coalesce(p_viewer -> 'excluded', '[]'))::uuid);
  v_purposes text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'purpose', '[]')));
  v_referrers uuid[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'referrer', '[]'))::uuid);
  v_reasons text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'reason', '[]')));
  v_step smallint := (p_filter ->> 'step')::smallint;
  v_person uuid := (p_filter ->> 'personId')::uuid;
  v_risk_from smallint := case when v_scores then round((p_filter ->> 'riskFrom')::numeric * 10) end;
  v_risk_to smallint := case when v_scores then round((p_filter ->> 'riskTo')::numeric * 10) end;
  v_since timestamptz := (p_filter ->> 'from')::timestamptz;
  v_to timestamptz := (p_filter ->> 'to')::timestamptz;
  v_after jsonb := p_filter -> 'after';
  v_limit integer := coalesce((p_filter ->> 'limit')::integer, 50);
  v_q text := p_filter ->> 'q';
  -- Gathered at most. Of a million rows, so many are gathered as quickly as a page is found by walking.
  v_few constant integer := 2000;
  -- An outcome or a range of risks with so few cases leads to them by its own index; each of their rows is read.
  v_rare constant integer := 5000;
  v_lead text := '';
  v_try text;
  v_found uuid[];
  v_cases uuid[];
  v_people uuid[];
  v_down boolean := coalesce(p_filter ->> 'order', 'desc') = 'desc';
  v_outcome text := case when v_agent then 'v.outcome_key_agent' else 'v.outcome_key' end;
  v_sort text := coalesce(p_filter ->> 'sort', 'started');
  v_key text := case v_sort when 'completed' then 'v.completed_key' when 'risk' then 'v.risk_key' when 'outcome' then v_outcome
    when 'purpose' then 'v.purpose' end;
  v_type text := case v_sort when 'completed' then 'timestamptz' when 'purpose' then 'text' else 'smallint' end;
  v_dir text := case when v_down then 'desc' else 'asc' end;
  v_where text := 'v.tenant_id = $1';
  -- A walk along the sort can begin or end by this, which is true of all matches.
  v_within_sort text := '';
  v_outcomes text := '';
  v_risks text := '';
  v_open text := '';
  -- Cases that are not shown take so few rows away that they narrow nothing.
  v_hidden text := '';
  v_is_narrowed boolean;
  v_page text := 'true';
  v_order text;
  v_kind text;
  v_values text[];
  v_json text;
  v_walk text;
  v_forms text[];
  v_form text;
  v_found_count bigint;
  v_rows jsonb;
  v_count bigint;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  for v_kind, v_values in
    select kind, array(select jsonb_array_elements_text(p_filter -> kind))
    from unnest(array['outcome', 'state', 'channel', 'band', 'feedback']) kind
    where jsonb_array_length(coalesce(p_filter -> kind, '[]')) > 0
    union all select 'mark', array[mark] from unnest(array['commented', 'overturned']) mark where p_filter -> mark is not null loop
    if v_kind = 'outcome' and v_agent then
      -- To an agent a report is a failure.
      v_values := array_remove(v_values, 'reported') || case when 'failed' = any (v_values) then array['reported'] else '{}' end;
    end if;
    v_where := v_where || coalesce(' and v.facets & ' || (select bit_or(facet_bit(v_kind || ' ' || value))
      from unnest(v_values) value) || '::bigint <> 0', ' and false');
    if v_kind = 'outcome' then
      v_outcomes := format(' and %s = any (%L::smallint[])', v_outcome,
        array(select distinct outcome_key(value, v_agent) from unnest(v_values) value));
    elsif v_kind = 'state' and not 'closed' = any (v_values) then
      v_lead := ' and v.state <> ''closed''';
      v_open := ' and v.completed_key = ''-infinity''';
    elsif v_kind = 'mark' then
      v_lead := ' and (v.commented or v.overturned)';
      -- Only a failure is overturned.
      if v_values = array['overturned'] and v_outcomes = '' then
        v_outcomes := format(' and %s = any (%L::smallint[])', v_outcome, array[outcome_key('failed', v_agent)]);
      end if;
    end if;
  end loop;
  if cardinality(v_purposes) > 0 then v_where := v_where || ' and v.purpose = any ($2)'; end if;
  if cardinality(v_referrers) > 0 then v_where := v_where || ' and v.referrer_id = any ($3)'; end if;
  if v_person is not null then v_where := v_where || ' and v.person_id = $4'; end if;
  if v_risk_to is not null then
    v_risk_from := greatest(v_risk_from, 0::smallint);
    v_where := v_where || format(' and v.facets >> 40 <= %s', v_risk_to + 1);
  end if;
  if v_risk_from is not null then v_where := v_where || format(' and v.facets >> 40 > %s', v_risk_from); end if;
  v_risks := coalesce(' and v.risk_key >= ' || v_risk_from || '::smallint', '')
    || coalesce(' and v.risk_key <= ' || v_risk_to || '::smallint', '');
  v_within_sort := case v_sort when 'outcome' then v_outcomes when 'risk' then v_risks when 'completed' then v_open else '' end;
  if not v_where ~ 'person_id|referrer_id' then
    foreach v_try in array array[v_outcomes, v_risks] loop
      exit when v_lead <> '';
      continue when v_try in ('', v_within_sort);
      execute 'select count(*) from (select from verifications v where v.tenant_id = $1' || v_try || ' limit $2) c'
        into v_count using p_tenant, v_rare + 1;
      if v_count <= v_rare then v_lead := v_try; end if;
    end loop;
    v_count := null;
  end if;
  if cardinality(v_excluded) > 0 then
    -- By the ids of their cases, which every index holds.
    v_cases := array(select v.id from verifications v where v.tenant_id = p_tenant and v.person_id = any (v_excluded));
    v_hidden := ' and v.id <> all ($5)';
  end if;
  if v_step is not null then
    -- A page that was seen is no step of the row. By a scalar query: with EXISTS the planner might hash all visits.
    v_where := v_where || format(case when v_step in (2, 3)
      then ' and (v.facets >> 32 & 255 >= %s or (select true from link_visits i where i.tenant_id = $1
        and i.verification_id = v.id and i.kind = ''page_seen'' limit 1) is not null)'
      else ' and v.facets >> 32 & 255 >= %s' end, v_step);
    if v_step >= 6 and v_sort = 'risk' then v_within_sort := v_within_sort || ' and v.risk_key >= 0::smallint'; end if;
    if v_step >= 7 and v_sort = 'outcome' then
      v_within_sort := v_within_sort || format(' and %s = %s::smallint', v_outcome, outcome_key('passed', v_agent));
    end if;
  end if;
  if p_filter -> 'within' is not null then
    -- Pieces of the period, each an index scan of its own; without one nothing can match.
    v_where := v_where || coalesce((select ' and (' || string_agg(format('v.created_at >= %L and v.created_at < %L',
        (w.piece ->> 0)::timestamptz, (w.piece ->> 1)::timestamptz), ' or ') || ')'
      from jsonb_array_elements(p_filter -> 'within') w (piece)), ' and false');
  end if;
  v_is_narrowed := v_where <> 'v.tenant_id = $1' or v_q is not null;
  if v_since is not null then v_where := v_where || ' and v.created_at >= $6'; end if;
  if v_to is not null then v_where := v_where || ' and v.created_at < $7'; end if;
  v_is_narrowed := v_is_narrowed or (v_where <> 'v.tenant_id = $1' and cardinality(v_reasons) = 0);
  if cardinality(v_reasons) > 0 then
    -- Rare ones are found by the table beside, common ones soon enough along the sort.
    v_where := v_where || format(' and v.reason_bits & %s::bigint <> 0', reason_bits(v_reasons));
    if v_sort = 'risk' then v_within_sort := v_within_sort || ' and v.risk_key >= 0::smallint'; end if;
    select count(*) into v_count from (select from verification_reasons r
      where r.tenant_id = p_tenant and r.code = any (v_reasons)
        and r.started_at >= coalesce(v_since, '-infinity') and r.started_at < coalesce(v_to, 'infinity')
      limit v_few + 1) c;
    v_where := v_where || ' and ' || case when v_count <= v_few
      then '(v.id, v.created_at) in (select r.verification_id, r.started_at from verification_reasons r where r.tenant_id = $1
        and r.code = any ($9)' || case when v_since is null then '' else ' and r.started_at >= $6' end
        || case when v_to is null then ')' else ' and r.started_at < $7)' end
      else '(select true from verification_reasons r where r.tenant_id = $1 and r.code = any ($9) and r.started_at = v.created_at
        and r.verification_id = v.id limit 1) is not null' end;
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
    v_where := v_where || ' and v.id = any ($8)';
  end if;
  v_order := coalesce(v_key || ' ' || v_dir || ', ', '') || format('v.created_at %1$s, v.id %1$s', v_dir);
  if v_after is not null then
    v_page := format('(%sv.created_at, v.id) %s (%s($10 ->> 1)::timestamptz, ($10 ->> 2)::uuid)', v_key || ', ',
      case when v_down then '<' else '>' end, case when v_key is not null then format('($10 ->> 0)::%s, ', v_type) end);
  end if;
  -- The rows of a page; %s gives their ids and starts.
  v_json := format($sql$
    select jsonb_agg(jsonb_build_object('row', r.row, 'at', r.at) order by r.place) from (
      select row_number() over (order by %1$s) as place, jsonb_build_array(%2$s, v.created_at, v.id) as at, jsonb_build_object(
        'id', v.id,
        'participant', jsonb_build_object('id', p.id, 'name', p.display_name, 'email', p.work_email),
        'purpose', v.purpose, 'state', v.state,
        'outcome', case when $11 and v.outcome = 'reported' then 'failed' else v.outcome end,
        'decision', case when $11 and v.outcome = 'reported' then 'refused' else v.decision end,
        'action', coalesce(a.state, 'none'),
        'risk', case when $12 then v.risk_tenths / 10.0 end,
        'band', v.band,
        'referrer', jsonb_build_object('id', v.referrer_id, 'name', v.referrer_name),
        'channel', v.channel, 'contactMasked', v.contact_masked, 'ticket', v.ticket, 'feedback', v.feedback,
        'startedAt', iso_instant(v.created_at), 'completedAt', iso_instant(v.closed_at)) as row
      from (%%s) t join verifications v on v.tenant_id = $1 and v.id = t.id and v.created_at = t.created_at
      join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
      left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id) r $sql$,
    v_order, coalesce(v_key, 'null'));
  v_walk := format(v_json, format('select v.id, v.created_at from verifications v where %s and %s order by %s limit %s',
    v_where || v_within_sort || v_hidden, v_page, v_order, v_limit + 1));
  if v_is_narrowed then
    v_forms := array[
      format($sql$
        with few as materialized (select v.id, v.created_at %s from verifications v where %s limit %s)
        select (select count(*) from few), (%s) $sql$,
        ', ' || v_key, v_where || v_within_sort || v_lead || v_hidden, v_few + 1, format(v_json, format($sql$
          select v.id, v.created_at from few v where (select count(*) from few) <= %s and %s order by %s limit %s $sql$,
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
    using p_tenant, v_purposes, v_referrers, v_person, v_cases, v_since, v_to, v_found, v_reasons, v_after, v_agent, v_scores;
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
