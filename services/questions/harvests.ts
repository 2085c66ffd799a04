/** Lists shown to cases that did not pass, counted from the disclosure log, and the alarms about them. */
import type { CellFamily } from '#domain/questions/facts.ts'
import type { ShownLists } from '#domain/questions/harvest.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A case is closed soon after it was left; one that waits for a decision so long after its list was shown did not pass. */
const leftAfterMinutes = 60
/** Weeks whose same weekday is looked at; a sighting is kept for thirty days, so the network of all of them is known. */
const weeksBack = 4

/** A case that was seen in two networks counts in both, and once over all. Lists are those in force today. */
const shownSql = `with shown as (
    select d.verification_id, d.family, d.block_id from generate_series($2::integer, $3::integer) as week
      cross join lateral (select * from disclosures where tenant_id = $1 and value_digest is not null
        and shown_at > now() - make_interval(days => 7 * week + 1)
        and shown_at <= now() - make_interval(days => 7 * week)) d
      join question_blocks b on b.tenant_id = $1 and b.id = d.block_id and (week > 0 or b.retired_at is null)
      join verifications v on v.tenant_id = $1 and v.id = d.verification_id and v.created_at > now() - interval '60 days'
    where case when v.outcome is null then d.shown_at < now() - make_interval(mins => ${String(leftAfterMinutes)})
      else v.outcome <> 'passed' end
  ), seen as (
    select distinct s.verification_id, s.asn from sightings s
    where s.tenant_id = $1 and s.asn is not null and s.verification_id in (select verification_id from shown)
  )
  select family, asn, count(distinct verification_id)::integer as cases, count(distinct block_id)::integer as lists
  from shown left join seen using (verification_id)
  group by grouping sets ((family), (family, asn)) having grouping(asn) = 1 or asn is not null
  order by family, asn nulls first`

/** Lists shown within the last day, over all networks and by network. */
export const countShownLists = (tx: Tx): Promise<ShownLists[]> =>
  tx.query<ShownLists>(shownSql, [tx.tenantId, 0, 0])

/** The same of the weeks before, summed over the same weekday of each, and how many of those weeks lists were shown in. */
export const countUsual = async (
  tx: Tx,
): Promise<{ readonly shown: readonly ShownLists[]; readonly weeks: number }> => {
  const known = await tx.one<{ weeks: number }>(
    `select least($2::integer, floor(extract(epoch from now() - min(shown_at)) / 604800))::integer as weeks from disclosures
     where tenant_id = $1 and value_digest is not null and shown_at > now() - make_interval(days => 7 * $2::integer + 1)`,
    [tx.tenantId, weeksBack],
  )
  return {
    shown: await tx.query<ShownLists>(shownSql, [tx.tenantId, 1, weeksBack]),
    weeks: known?.weeks ?? 0,
  }
}

/** The number of lists of each family that are in force. */
export const countListsInForce = async (tx: Tx): Promise<ReadonlyMap<CellFamily, number>> => {
  const rows = await tx.query<{ family: CellFamily; lists: number }>(
    `select family, count(*)::integer as lists from question_blocks
     where tenant_id = $1 and retired_at is null group by family`,
    [tx.tenantId],
  )
  return new Map(rows.map(({ family, lists }) => [family, lists]))
}

/** The content of an alarm. */
export type NewHarvestAlarm = ShownLists & { readonly listsInForce: number; readonly usualCases: number }

/**
 * Raises an alarm, once a day for each family and network (or all of them together), however often it is called: a day is
 * both the day of the calendar and the last twenty-four hours. Returns its day, undefined where it was raised already.
 */
export const raiseHarvestAlarm = async (tx: Tx, alarm: NewHarvestAlarm): Promise<string | undefined> => {
  const row = await tx.one<{ day: string }>(
    `insert into harvest_alarms (tenant_id, family, day, asn, cases, lists, lists_in_force, usual_cases)
     select $1, $2, (now() at time zone 'UTC')::date, $3, $4, $5, $6, $7
     where not exists (select from harvest_alarms where tenant_id = $1 and family = $2 and asn is not distinct from $3
       and raised_at > now() - interval '1 day')
     on conflict do nothing returning to_char(day, 'YYYY-MM-DD') as day`,
    [
      tx.tenantId,
      alarm.family,
      alarm.asn,
      alarm.cases,
      alarm.lists,
      alarm.listsInForce,
      Math.round(alarm.usualCases * 10) / 10,
    ],
  )
  return row?.day
}

/** An alarm as the console shows it. `raisedAt` is ISO 8601 UTC. */
export type HarvestAlarm = NewHarvestAlarm & { readonly raisedAt: string }

/** Days that an alarm is shown. */
const shownDays = 30

/** Alarms of the last thirty days, newest first, a hundred at most. */
export const readHarvestAlarms = (tx: Tx): Promise<HarvestAlarm[]> =>
  tx.query<HarvestAlarm>(
    `select family, asn, cases, lists, lists_in_force as "listsInForce", usual_cases as "usualCases",
       iso_instant(raised_at) as "raisedAt"
     from harvest_alarms where tenant_id = $1 and raised_at > now() - make_interval(days => $2)
     order by raised_at desc, family, asn nulls first limit 100`,
    [tx.tenantId, shownDays],
  )

/** True if there was one in the last twenty-four hours. */
export const isHarvestSuspected = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.named<{ isOn: boolean }>(
    'is_harvest_suspected',
    `select exists (select from harvest_alarms where tenant_id = $1 and raised_at > now() - interval '1 day') as "isOn"`,
    [tx.tenantId],
  )
  return row?.isOn === true
}
