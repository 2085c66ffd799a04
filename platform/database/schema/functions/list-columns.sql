-- The index puts the purposes that are done once they are decided in place of the braces.
-- Triggers that keep what the list filters and sorts by on the case's own row.

-- The bit of a value in verifications.facets: one for each value of an outcome, a state, a channel, a band, feedback and two
-- marks. 0 for a value that has none. The furthest step is in the bits from 32, the risk from 40.
create or replace function facet_bit(p_facet text) returns bigint language sql immutable parallel safe as $$
  select coalesce(1::bigint << array_position(array['outcome passed', 'outcome reported', 'outcome failed', 'outcome timed_out',
    'outcome not_enough_questions', 'outcome cancelled', 'outcome undelivered', 'state created', 'state undelivered',
    'state link_sent', 'state opened', 'state answering', 'state scored', 'state awaiting_decision', 'state closed',
    'channel sms', 'channel email', 'band low', 'band guarded', 'band elevated', 'band high', 'feedback easy', 'feedback hard',
    'mark commented', 'mark overturned'], p_facet) - 1, 0) $$;

-- The place of an outcome in the order by outcome. To an agent a report is a failure (B9).
create or replace function outcome_key(p_outcome text, p_agent boolean) returns smallint language sql immutable parallel safe as $$
  select coalesce(array_position(array['cancelled', 'failed', 'not_enough_questions', 'passed', 'reported', 'timed_out',
    'undelivered'], case when p_agent and p_outcome = 'reported' then 'failed' else p_outcome end), 0)::smallint $$;

-- Bits of reasons: two may share one, so that a bit only says which rows need not be read for a reason.
create or replace function reason_bits(p_codes text[]) returns bigint language sql immutable parallel safe as $$
  select coalesce(bit_or(1::bigint << (get_byte(sha256(convert_to(code, 'UTF8')), 0) & 63)), 0) from unnest(p_codes) code $$;

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
  if tg_op = 'INSERT' or new.score_reasons is distinct from old.score_reasons then
    new.reason_bits := reason_bits(new.score_reasons);
  end if;
  new.facets := facet_bit('outcome ' || new.outcome) | facet_bit('state ' || new.state) | facet_bit('channel ' || new.channel)
    | facet_bit('band ' || new.band) | facet_bit('feedback ' || new.feedback)
    | case when new.commented then facet_bit('mark commented') else 0 end
    | case when new.overturned then facet_bit('mark overturned') else 0 end
    | (new.furthest_step::bigint << 32) | (coalesce(new.risk_tenths + 1, 0)::bigint << 40);
  new.risk_key := coalesce(new.risk_tenths, -1);
  new.completed_key := coalesce(new.closed_at, '-infinity');
  new.outcome_key := outcome_key(new.outcome, false);
  new.outcome_key_agent := outcome_key(new.outcome, true);
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
