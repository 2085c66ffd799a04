/**
 * Refusals that staff called false afterwards (product.md section 4): what the list behind the dashboard's figure filters by,
 * kept on the case's row like feedback.
 */
import { listRead } from './0061-list-read.ts'

const column = `
-- the newest label of a case that closed as failed says that the refusal was false
alter table verifications add column overturned boolean not null default false;
create index verifications_overturned on verifications (tenant_id, created_at desc, id desc) where overturned;

create function keep_overturned() returns trigger language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
begin
  update verifications v set overturned = coalesce(v.outcome = 'failed' and new.label = 'false_refusal', false)
  where v.tenant_id = new.tenant_id and v.id = new.verification_id
    and v.overturned is distinct from coalesce(v.outcome = 'failed' and new.label = 'false_refusal', false);
  return null;
end $$;
create trigger keep_overturned after insert on labels for each row execute function keep_overturned();

update verifications v set overturned = true
from (select distinct on (tenant_id, verification_id) tenant_id, verification_id, label from labels
  order by tenant_id, verification_id, at desc) l
where l.tenant_id = v.tenant_id and l.verification_id = v.id and l.label = 'false_refusal' and v.outcome = 'failed';
`

const place = `  if p_filter -> 'within' is not null then`

/** The list as 0061-list-read.ts has it, by one filter more: overturned. */
export const overturnedRead = listRead.replace(
  place,
  `  if p_filter -> 'overturned' is not null then v_where := v_where || ' and v.overturned'; end if;\n${place}`,
)

/** Runs as the recorder, like what keeps feedback. */
export const overturnedFunctions = ['keep_overturned()'] as const

/** Column, what keeps it, its past, and the list. */
export const overturned = column + overturnedRead
