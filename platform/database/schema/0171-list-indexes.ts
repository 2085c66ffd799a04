/** Two kinds of filter whose matches all lie at the far end of a sort, found by an index of filter and sort together. */
export const listIndexes = `
-- Cases that ended early have no score, so all of one outcome lie at the end of the order by risk: too many to be gathered,
-- and everything else lies before them.
create index verifications_outcome_risk on verifications (tenant_id, (case when outcome is null then '' else outcome end),
  (case when risk_tenths is null then (-1)::smallint else risk_tenths end) desc, created_at desc, id desc);
-- Cases that were scored end in few of the outcomes; the order by outcome has all others before those.
create index verifications_scored_outcome on verifications (tenant_id,
  (case when outcome is null then '' else outcome end) desc, created_at desc, id desc) where furthest_step >= 6;
create index verifications_scored_outcome_agent on verifications (tenant_id,
  (case when outcome is null then '' when outcome = 'reported' then 'failed' else outcome end) desc, created_at desc, id desc)
  where furthest_step >= 6;
`
