/**
 * What the API reads in one trip: functions that set the tenant, then select (performance.md 3.2), with the indexes of
 * the list's sorts, and the counters of the rate limits. They run with the caller's rights, under its policies.
 */
export const reads = `
create function iso_instant(p_at timestamptz) returns text language sql stable parallel safe as
$$ select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;

-- Fixed windows by key (security.md H5, H7): the key is a digest, never an address or a name. Unlogged: counting waits for no
-- disk, and only a crash of the database itself empties it.
create unlogged table rate_limits (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);

-- Starts of the last seconds, over all staff: two agents cannot open a case for one person at the same time.
create index staff_counters_recent on staff_counters (tenant_id, kind, at desc);

-- Who a session cookie stands for, and that it was used now. Idle 15 minutes, admins 10 (security.md F3).
create function read_staff_session(p_token_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_staff_session(p_token_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select json_build_object('tenantId', s.tenant_id, 'sessionId', s.id, 'staffId', f.id, 'name', f.display_name,
      'email', f.email, 'role', f.role, 'personId', f.person_id, 'amr', s.amr,
      'idleSeconds', case f.role when 'admin' then 600 else 900 end, 'endsAt', iso_instant(s.absolute_expires_at),
      'tenantName', t.name, 'tenantSlug', t.slug)
  into v_answer
  from staff_sessions s join staff f on f.tenant_id = s.tenant_id and f.id = s.staff_id join tenants t on t.id = s.tenant_id
  where s.tenant_id = v_tenant and s.id = v_id and s.ended_at is null and s.absolute_expires_at > now()
    and s.last_used_at > now() - make_interval(secs => case f.role when 'admin' then 600 else 900 end)
    and f.disabled_at is null;
  if v_answer is not null then
    update staff_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- Who a portal cookie stands for. isLive is false once it ended or ran out; the ending may still be read then.
create function read_portal_session(p_token_hash bytea) returns json language plpgsql as $$
declare
  v_tenant uuid;
  v_id uuid;
  v_answer json;
  v_live boolean;
begin
  select r.tenant_id, r.id into v_tenant, v_id from resolve_portal_session(p_token_hash) r;
  if v_id is null then return null; end if;
  perform set_config('app.tenant', v_tenant::text, true);
  select s.ended_at is null and s.absolute_expires_at > now() and s.last_used_at > now() - make_interval(secs =>
      coalesce((select (p.document #>> '{lifetimes,portalIdle}')::integer from policies p
        where p.tenant_id = s.tenant_id and p.version = (select v.policy_version from verifications v
          where v.tenant_id = s.tenant_id and v.id = s.verification_id)), 600))
  into v_live from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id;
  select json_build_object('tenantId', s.tenant_id, 'sessionId', s.id, 'verificationId', s.verification_id,
      'language', s.language, 'probeNonce', s.probe_nonce, 'isLive', v_live, 'endReason', s.end_reason)
  into v_answer
  -- For an hour after its end the ending can still be read and feedback given.
  from portal_sessions s where s.tenant_id = v_tenant and s.id = v_id and s.absolute_expires_at > now() - interval '1 hour';
  if v_live then
    update portal_sessions set last_used_at = now()
    where tenant_id = v_tenant and id = v_id and last_used_at < now() - interval '15 seconds';
  end if;
  return v_answer;
end $$;

-- One sort, one index: every sort key is not null, so that a page begins where the last one ended by one row comparison.
-- By CASE, not COALESCE: PostgreSQL does not count that as leakproof, and under row-level security a filter by it could not
-- use its index.
drop index verifications_outcome;
drop index verifications_purpose;
drop index verifications_risk;
create index verifications_outcome on verifications (tenant_id,
  (case when outcome is null then '' else outcome end) desc, created_at desc, id desc);
-- As an agent sees it: a report reads as failed, in the order too (security.md B9).
create index verifications_outcome_agent on verifications (tenant_id,
  (case when outcome is null then '' when outcome = 'reported' then 'failed' else outcome end) desc, created_at desc, id desc);
create index verifications_purpose on verifications (tenant_id, purpose desc, created_at desc, id desc);
create index verifications_risk on verifications (tenant_id,
  (case when risk_tenths is null then (-1)::smallint else risk_tenths end) desc, created_at desc, id desc);
create index verifications_completed on verifications
  (tenant_id, (case when closed_at is null then '-infinity'::timestamptz else closed_at end) desc, created_at desc, id desc);

-- The list (product.md 4). p_filter: q outcome state purpose channel referrer personId riskFrom riskTo from to sort order
-- after limit count. p_viewer: isAgent (a report reads as failed), scores, excluded (people whose cases are not shown).
-- The planner takes matches to lie evenly along a sort; but open cases, say, all lie at one end of the order by risk, and a
-- walk along it would pass a million rows. So few matches are gathered first and then sorted; only many are looked for
-- along the sort's index. One value is compared as one, since that keeps its index in the order of time.
create function list_verifications(p_tenant uuid, p_filter jsonb, p_viewer jsonb) returns text
language plpgsql set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  v_agent boolean := coalesce((p_viewer ->> 'isAgent')::boolean, true);
  v_scores boolean := coalesce((p_viewer ->> 'scores')::boolean, false);
  v_excluded uuid[] := array(select jsonb_array_elements_text(coalesce(p_viewer -> 'excluded', '[]'))::uuid);
  v_outcomes text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'outcome', '[]')));
  v_states text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'state', '[]')));
  v_purposes text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'purpose', '[]')));
  v_channels text[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'channel', '[]')));
  v_referrers uuid[] := array(select jsonb_array_elements_text(coalesce(p_filter -> 'referrer', '[]'))::uuid);
  v_person uuid := (p_filter ->> 'personId')::uuid;
  v_risk_from smallint := round((p_filter ->> 'riskFrom')::numeric * 10);
  v_risk_to smallint := round((p_filter ->> 'riskTo')::numeric * 10);
  v_since timestamptz := (p_filter ->> 'from')::timestamptz;
  v_to timestamptz := (p_filter ->> 'to')::timestamptz;
  v_after jsonb := p_filter -> 'after';
  v_limit integer := coalesce((p_filter ->> 'limit')::integer, 50);
  v_q text := p_filter ->> 'q';
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
  v_page text := 'true';
  v_order text;
  v_column text;
  v_place integer;
  v_size integer;
  v_gathers boolean;
  v_from text;
  v_rows jsonb;
  v_count integer;
begin
  perform set_config('app.tenant', p_tenant::text, true);
  for v_column, v_place, v_size in values (v_shown, 2, cardinality(v_outcomes)), ('v.state', 3, cardinality(v_states)),
      ('v.purpose', 4, cardinality(v_purposes)), ('v.channel', 5, cardinality(v_channels)),
      ('v.referrer_id', 6, cardinality(v_referrers)) loop
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
  if v_since is not null then v_where := v_where || ' and v.created_at >= $10'; end if;
  if v_to is not null then v_where := v_where || ' and v.created_at < $11'; end if;
  if cardinality(v_excluded) > 0 then v_where := v_where || ' and v.person_id <> all ($12)'; end if;
  if v_q is not null then
    v_people := array(select people_matching(p_tenant, v_q));
    v_found := array(
      select c.id from unnest(v_people) person (id) cross join lateral (
        select v.id from verifications v where v.tenant_id = p_tenant and v.person_id = person.id
        order by v.created_at desc, v.id desc limit 50) c
      union
      (select v.id from verifications v where v.tenant_id = p_tenant and v.ticket collate "C" >= v_q
        and v.ticket collate "C" < v_q || U&'\\FFFF' order by v.created_at desc, v.id desc limit 200)
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
  v_gathers := v_where <> 'v.tenant_id = $1';
  if v_gathers or coalesce((p_filter ->> 'count')::boolean, true) then
    execute format('select count(*) from (select from verifications v where %s limit %s) c', v_where,
      case when v_gathers then 10001 else 1001 end) into v_count
    using p_tenant, v_outcomes, v_states, v_purposes, v_channels, v_referrers, v_person, v_risk_from, v_risk_to, v_since, v_to,
      v_excluded, v_found;
    v_gathers := v_gathers and v_count <= 10000;
  end if;
  v_from := case when v_gathers then $sql$
    with few as materialized (select v.id, v.created_at, v.outcome, v.purpose, v.risk_tenths, v.closed_at
      from verifications v where %1$s)
    select v.* from (select v.id, v.created_at from few v where %2$s order by %3$s limit %4$s) t
    join verifications v on v.tenant_id = $1 and v.id = t.id and v.created_at = t.created_at $sql$
    else 'select v.* from verifications v where %1$s and %2$s order by %3$s limit %4$s' end;
  v_from := format(v_from, v_where, v_page, v_order, v_limit + 1);
  execute format($sql$
    select jsonb_agg(jsonb_build_object('row', r.row, 'at', r.at) order by r.place) from (
      select row_number() over (order by %2$s) as place, jsonb_build_array(%3$s, v.created_at, v.id) as at, jsonb_build_object(
        'id', v.id,
        'participant', jsonb_build_object('id', p.id, 'name', p.display_name, 'email', p.work_email),
        'purpose', v.purpose, 'state', v.state,
        'outcome', nullif(%4$s, ''),
        'decision', case when $15 and v.outcome = 'reported' then 'refused' else v.decision end,
        'action', coalesce(a.state, 'none'),
        'risk', case when $16 then v.risk_tenths / 10.0 end,
        'band', v.band,
        'referrer', jsonb_build_object('id', v.referrer_id, 'name', v.referrer_name),
        'channel', v.channel, 'contactMasked', v.contact_masked, 'ticket', v.ticket, 'feedback', f.rating,
        'startedAt', iso_instant(v.created_at), 'completedAt', iso_instant(v.closed_at)) as row
      from (%1$s) v
      join people p on p.tenant_id = v.tenant_id and p.id = v.person_id
      left join actions a on a.tenant_id = v.tenant_id and a.verification_id = v.id
      left join feedback f on f.tenant_id = v.tenant_id and f.verification_id = v.id) r $sql$,
    v_from, v_order, coalesce(v_key, 'null'), v_shown)
  into v_rows
  using p_tenant, v_outcomes, v_states, v_purposes, v_channels, v_referrers, v_person, v_risk_from, v_risk_to, v_since, v_to,
    v_excluded, v_found, v_after, v_agent, v_scores;
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
`
