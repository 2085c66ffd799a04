/**
 * This is a loop, since the alarm has to come within a minute, and an attacker who can reach Temporal must not be able to
 * pause it (D12).
 */
import { isHarvest, type ShownLists } from '#domain/questions/harvest.ts'
import {
  countListsInForce,
  countShownLists,
  countUsual,
  raiseHarvestAlarm,
  type NewHarvestAlarm,
} from '#services/questions/harvests.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { tellOfHarvest } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps } from '../ports.ts'

type WatchDeps = Pick<ActivityDeps, 'db' | 'log'>

/** An alarm that this process raised. */
export type Raised = Pick<ShownLists, 'family'> & { readonly scope: 'all' | 'network' }

/**
 * Looks at the lists that a tenant's bad cases were shown within a day, and raises an alarm for each family with a harvest.
 * Row, event, mail and the notification to consoles are one transaction: a worker that dies leaves all or nothing, and the
 * next worker finds it raised.
 */
export const watchHarvests = async (deps: WatchDeps, tenantId: string): Promise<readonly Raised[]> => {
  const found = await inTenant(deps.db, tenantId, findHarvests)
  if (found.length === 0) return []
  const raised = await inTenant(deps.db, tenantId, (tx) => raiseAll(tx, found))
  for (const { family, asn } of raised)
    deps.log.warn('a harvest of lists is suspected', { tenantId, code: family, part: scopeOf({ asn }) })
  return raised.map(({ family, asn }) => ({ family, scope: scopeOf({ asn }) }))
}

const scopeOf = ({ asn }: Pick<ShownLists, 'asn'>): Raised['scope'] => (asn === null ? 'all' : 'network')

const isSame = (a: ShownLists, b: ShownLists): boolean => a.family === b.family && a.asn === b.asn

/** The usual number is only counted where the day would be a harvest if nothing were usual. */
const findHarvests = async (tx: Tx): Promise<readonly NewHarvestAlarm[]> => {
  const shown = await countShownLists(tx)
  if (shown.length === 0) return []
  const inForce = await countListsInForce(tx)
  const judged = (one: ShownLists, usualCases: number) => ({
    ...one,
    usualCases,
    listsInForce: inForce.get(one.family) ?? 0,
  })
  const stands = (one: NewHarvestAlarm): boolean =>
    isHarvest(one, { inForce: one.listsInForce, usualCases: one.usualCases })
  const much = shown.filter((one) => stands(judged(one, 0)))
  if (much.length === 0) return []
  const usual = await countUsual(tx)
  const usualOf = (one: ShownLists): number =>
    usual.weeks === 0 ? 0 : (usual.shown.find((past) => isSame(past, one))?.cases ?? 0) / usual.weeks
  return much.map((one) => judged(one, usualOf(one))).filter(stands)
}

const raiseAll = async (tx: Tx, found: readonly NewHarvestAlarm[]): Promise<readonly NewHarvestAlarm[]> => {
  const raised: (NewHarvestAlarm & { readonly day: string })[] = []
  for (const alarm of found) {
    const day = await raiseHarvestAlarm(tx, alarm)
    if (day !== undefined) raised.push({ ...alarm, day })
  }
  const [first] = raised
  if (first === undefined) return []
  await tellOfHarvest(tx, first.day)
  await notify(tx, 'settings', tx.tenantId)
  await recordEvents(
    tx,
    { kind: 'system', id: 'harvests' },
    null,
    raised.map(({ family, asn, day, cases, lists, listsInForce }) => ({
      type: 'harvest.suspected' as const,
      object: { kind: 'tenant' as const, id: tx.tenantId },
      payload: { family, asn, day, cases, lists, listsInForce },
    })),
    raised.map(({ family, asn, day }) =>
      uuidOf('harvest-suspected', tx.tenantId, family, String(asn ?? 'all'), day),
    ),
  )
  return raised
}
