/** The times that people who passed take for questions of each family: summed up once a day, never read case by case. */
import { fewestTimed, timedDays } from '#domain/risk/usual-times.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The newest cases that passed, and no more, however large the organisation is. */
const newestCases = 5000
/** Days that a sum is kept: longer than any case that began with it is open. */
const keptDays = 30

/**
 * Sums up, unless that was done within a day; gives how many families have enough. Each person counts once in a family, by the
 * newest answer, so that nobody shifts it alone. Answers after "more time" or with an aid, exercises, and cases that somebody reported or
 * called suspicious are left out.
 */
export const keepAnswerTimes = async (tx: Tx): Promise<number> => {
  await tx.run(
    'delete from answer_times where tenant_id = $1 and made_at < now() - make_interval(days => $2)',
    [tx.tenantId, keptDays],
  )
  return tx.run(
    `with cases as (
       select v.id, v.person_id from verifications v
       where v.tenant_id = $1 and v.outcome = 'passed' and v.created_at > now() - make_interval(days => $2)
         and not exists (select from reports r where r.tenant_id = $1 and r.verification_id = v.id)
         and not exists (select from labels l where l.tenant_id = $1 and l.verification_id = v.id and l.label = 'suspicious')
         and not exists (select from exercises x where x.tenant_id = $1 and x.verification_id = v.id)
       order by v.created_at desc limit $4
     ), counted as (
       select distinct on (a.family, c.person_id) a.family, a.seconds_tenths
       from cases c join answers a on a.tenant_id = $1 and a.verification_id = c.id
         and a.created_at > now() - make_interval(days => $2)
       where a.verdict in ('correct', 'partial', 'incorrect') and not a.timed_out and a.extensions = 0
         and not coalesce((a.input_summary ->> 'accessibility')::boolean, false)
       order by a.family, c.person_id, a.created_at desc
     )
     insert into answer_times (tenant_id, family, people, low_tenths, high_tenths)
     select $1, family, count(*), percentile_cont(0.1) within group (order by seconds_tenths),
       percentile_cont(0.9) within group (order by seconds_tenths)
     from counted
     where not exists (select from answer_times t where t.tenant_id = $1 and t.made_at > now() - interval '1 day')
     group by family having count(*) >= $3`,
    [tx.tenantId, timedDays, fewestTimed, newestCases],
  )
}
