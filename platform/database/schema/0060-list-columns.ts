/**
 * What the list needs to lead to the rows behind every tile of the dashboard: how far a verification came, the reasons of
 * its score, its band, and what the participant said. Columns of its own row, so that one look at a row decides: a look
 * into another table for each row passed would be four blocks instead of one.
 */
const columns = `
alter table verifications
  -- the furthest step of the funnel (domain/verification/funnel.ts), 1 (sent) to 8 (done); it never goes back. Never 3, the
  -- page that was seen: a visit writes to no case (security.md C4, C8), so the list looks for it among the visits
  add column furthest_step smallint not null default 0 check (furthest_step in (0, 1, 2, 4, 5, 6, 7, 8)),
  -- codes of the checks that are the reasons of the score that stands
  add column score_reasons text[] not null default '{}',
  -- as the table feedback has it
  add column feedback text check (feedback in ('easy', 'hard')),
  add column commented boolean not null default false;

-- The reasons once more, a row for each: no operator that looks into an array is leakproof, so under row-level security
-- none is an index condition, and a rare reason would be looked for in every row.
create table verification_reasons (
  tenant_id uuid not null references tenants,
  verification_id uuid not null,
  -- verifications.created_at: names the partition
  started_at timestamptz not null,
  code text not null,
  primary key (tenant_id, verification_id, code)
);
create index verification_reasons_list on verification_reasons (tenant_id, code, started_at desc, verification_id desc);
`

const keeping = `
-- What the row itself says of its step; and with the score, its reasons: the newest scoring is the one that stands.
create function keep_list_columns() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.furthest_step := greatest(new.furthest_step, case
    when new.outcome = 'passed' then case when new.purpose in ('access_change', 'identity_check') then 8 else 7 end
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
create trigger keep_list_columns before insert or update on verifications
for each row execute function keep_list_columns();

create function keep_reasons() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into verification_reasons (tenant_id, verification_id, started_at, code)
  select new.tenant_id, new.id, new.created_at, r.code from unnest(new.score_reasons) r (code) on conflict do nothing;
  return null;
end $$;
create trigger keep_reasons after insert or update of score_reasons, scored_at on verifications
for each row when (cardinality(new.score_reasons) > 0) execute function keep_reasons();

-- Steps that are kept elsewhere. The API writes some of them and may not write this row, so they run as the recorder.
create function raise_step() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set furthest_step = tg_argv[0]::smallint
  where v.tenant_id = new.tenant_id and v.id = new.verification_id and v.furthest_step < tg_argv[0]::smallint;
  return null;
end $$;
create trigger raise_step after update of status on deliveries
for each row when (new.status = 'delivered') execute function raise_step('2');
create trigger raise_step after update of completed_at on plans
for each row when (new.completed_at is not null) execute function raise_step('5');
create trigger raise_step after insert or update of state on actions
for each row when (new.state = 'completed') execute function raise_step('8');

create function keep_feedback() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set feedback = new.rating, commented = new.comment_sealed is not null
  where v.tenant_id = new.tenant_id and v.id = new.verification_id;
  return null;
end $$;
create trigger keep_feedback after insert or update on feedback for each row execute function keep_feedback();
`

/** What was told to analytics before says it all: figures and list count by the same events. */
const backfill = `
with told as (
  select o.tenant_id, o.verification_id as id, max(case o.type
      when 'link.sent' then 1
      when 'link.delivery_reported' then case when o.payload ->> 'status' = 'delivered' then 2 end
      when 'verification.opened' then 4
      when 'answers.completed' then 5
      when 'verification.scored' then case when o.payload ->> 'riskTenths' is not null then 6 end
      when 'verification.closed' then case when o.payload ->> 'outcome' = 'passed' then
        case when o.payload ->> 'purpose' in ('access_change', 'identity_check') then 8 else 7 end end
      when 'reset.completed' then 8 end) as step,
    array(select jsonb_array_elements_text(coalesce((array_agg(o.payload -> 'reasons' order by o.occurred_at desc)
      filter (where o.type = 'verification.scored'))[1], '[]'))) as reasons
  from outbox o where o.verification_id is not null group by o.tenant_id, o.verification_id
)
update verifications v set furthest_step = coalesce(t.step, 0),
  score_reasons = array(select distinct r.code from unnest(t.reasons) r (code) order by r.code)
from told t where v.tenant_id = t.tenant_id and v.id = t.id;

update verifications v set feedback = f.rating, commented = f.comment_sealed is not null
from feedback f where v.tenant_id = f.tenant_id and v.id = f.verification_id;
`

const indexes = `
create index verifications_step on verifications (tenant_id, furthest_step, created_at desc, id desc);
create index verifications_band on verifications (tenant_id, band,
  (case when risk_tenths is null then (-1)::smallint else risk_tenths end) desc, created_at desc, id desc)
  where band is not null;
create index verifications_feedback on verifications (tenant_id, feedback, created_at desc, id desc)
  where feedback is not null;
create index verifications_commented on verifications (tenant_id, created_at desc, id desc) where commented;
-- Feedback comes with some outcomes and hardly ever with others: the order by outcome needs one that has nothing else.
create index verifications_feedback_outcome on verifications (tenant_id,
  (case when outcome is null then '' else outcome end) desc, created_at desc, id desc) where feedback is not null;
create index verifications_feedback_outcome_agent on verifications (tenant_id,
  (case when outcome is null then '' when outcome = 'reported' then 'failed' else outcome end) desc, created_at desc, id desc)
  where feedback is not null;
`

/** Run as the recorder, since the API reads verifications and writes none. */
export const listColumnFunctions = ['raise_step()', 'keep_feedback()'] as const

/** Columns, what keeps them, their past and their indexes. */
export const listColumns = columns + keeping + backfill + indexes
