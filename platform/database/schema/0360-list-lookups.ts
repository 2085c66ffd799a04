/** Two look-ups of the list that read more than they had to: visits of a page, and feedback in the order of risk. */
import { overturnedRead } from './0172-overturned.ts'

const indexes = `
-- whether a page was seen stands in the index; the visit itself is not read for it
drop index link_visits_verification;
create index link_visits_verification on link_visits (tenant_id, verification_id, kind, at);
-- Cases without a score come first by ascending risk, and hardly one of them has feedback.
create index verifications_feedback_risk on verifications (tenant_id,
  (case when risk_tenths is null then (-1)::smallint else risk_tenths end) desc, created_at desc, id desc)
  where feedback is not null;
`

/** The list as 0172-overturned.ts has it, asking for no column of a visit. */
const read = overturnedRead.replace('(select i.id from link_visits i', '(select true from link_visits i')

/** Indexes, and the list that uses them. */
export const listLookups = indexes + read
